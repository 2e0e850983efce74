"""What may not stand in an author's style sheet, found in the tokens of one declaration or rule."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tinycss2 import ast

# Properties and functions that ran script, or loaded it, in browsers of the past.
_RUNNING_PROPERTIES = frozenset(("behavior", "-ms-behavior", "-moz-binding", "progid"))
_RUNNING_FUNCTIONS = frozenset(("expression", "-moz-element", "paint"))
_URL_FUNCTIONS = frozenset(("url", "src"))
# Functions in which a bare string is an address.
_STRING_FUNCTIONS = frozenset(("image", "image-set", "-webkit-image-set", "-moz-image-set", "cross-fade"))
# What can put a string where the sheet itself shows none.
_INDIRECT = frozenset(("attr", "env", "if", "inherit", "var"))
_MEDIA_DATA = re.compile(
    r"data:(image/[a-z0-9.+-]+|font/[a-z0-9.+-]+|application/(x-)?font-[a-z0-9.+-]+"
    r"|application/vnd\.ms-fontobject)[;,]",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_BROKEN = {
    "bad-url": "An address in url() is not written to its end, so browsers lose the rest of the rule.",
    "bad-string": "A quotation mark is not closed in its line, so browsers lose the rest of the rule.",
}

_ELSEWHERE = (
    "This loads something from another host, which tells that host who reads the blog. Readers get the style "
    "without it, unless you allow styles from other hosts."
)
_IMPORT = "@import brings in another style sheet. Copy its rules in here instead."
_REMOTE_IMPORT = "@import works at the top level only, and for addresses that start with https://."
_SCHEME_REFUSED = "An address here does not start with https://, and no browser would load it for readers."
_DATA_REFUSED = "A data: address may hold a picture or a font, and nothing else."
_INDIRECT_REFUSED = "An address is put together from other values here. Write it out instead."
_RUNS = "This once ran programs in old browsers, and does nothing in those of today."


@dataclass(frozen=True)
class _Place:
    """The function around a token, and whether a bare string there is an address."""

    function: str = ""
    takes_strings: bool = False


@dataclass(frozen=True)
class Problem:
    """What is wrong with a declaration or rule, and where."""

    line_number: int
    sentence: str


def find_problem(statement: list[ast.Node], *, allows_remote: bool) -> Problem | None:
    """The first thing in the declaration or rule that readers may not get; its blocks are not entered."""
    outside_blocks = [node for node in statement if node.type != "{} block"]
    for node, place in _walk(outside_blocks):
        sentence = _refusal(node, place, allows_remote=allows_remote)
        if sentence:
            return Problem(node.source_line, sentence)
    is_declaration = len(outside_blocks) == len(statement)
    names = _names_before_colon(outside_blocks) if is_declaration else ()
    for node in names:
        if node.lower_value in _RUNNING_PROPERTIES:
            return Problem(node.source_line, _RUNS)
    return None


def is_remote_import(statement: list[ast.Node]) -> bool:
    """Whether this is an @import of a sheet that another host sends by HTTPS, and nothing else."""
    first, *rest = statement
    if first.type != "at-keyword" or first.lower_value != "import":
        return False
    words = [node for node in rest if node.type not in ("whitespace", "comment")]
    if not words or find_problem(words, allows_remote=True) or any(node.type == "{} block" for node in words):
        return False
    address = words[0].value if words[0].type in ("url", "string") else _first_string([words[0]])
    return address is not None and plain_address(address).lower().startswith("https://")


def plain_address(written: str) -> str:
    """The address as a browser takes it: without control characters, each backslash a slash."""
    stripped = written.strip("".join(map(chr, range(0x21))))
    return re.sub("[\t\n\r]", "", stripped).replace("\\", "/")


def _refusal(node: ast.Node, place: _Place, *, allows_remote: bool) -> str:
    if node.type == "at-keyword" and node.lower_value == "import":
        return _REMOTE_IMPORT if allows_remote else _IMPORT
    if node.type == "error":
        return _BROKEN.get(node.kind, "")
    if node.type == "url":
        return _address_refusal(node.value, allows_remote=allows_remote)
    if node.type == "string" and _is_address_place(place):
        return _address_refusal(node.value, allows_remote=allows_remote)
    if node.type == "function":
        return _function_refusal(node, place, allows_remote=allows_remote)
    return ""


def _function_refusal(node: ast.FunctionBlock, place: _Place, *, allows_remote: bool) -> str:
    name = node.lower_name
    if name in _RUNNING_FUNCTIONS:
        return _RUNS
    if name in _URL_FUNCTIONS:
        address = _first_string(node.arguments)
        return (
            _INDIRECT_REFUSED if address is None else _address_refusal(address, allows_remote=allows_remote)
        )
    is_indirect = name in _INDIRECT or name.startswith("--")
    if is_indirect and place.takes_strings:
        return _INDIRECT_REFUSED
    if name == "attr" and any(
        inner.type == "ident" and inner.lower_value == "url" for inner, _ in _walk(node.arguments)
    ):
        return _INDIRECT_REFUSED
    return ""


def _is_address_place(place: _Place) -> bool:
    # The string in type("image/avif") says what a picture is, not where.
    return place.takes_strings and place.function != "type"


def _address_refusal(written: str, *, allows_remote: bool) -> str:
    address = plain_address(written)
    if address[:5].lower() == "data:":
        return "" if _MEDIA_DATA.match(address) else _DATA_REFUSED
    is_remote = address.startswith("//") or address.lower().startswith("https:")
    if is_remote:
        return "" if allows_remote else _ELSEWHERE
    if _SCHEME.match(address):
        return _SCHEME_REFUSED if allows_remote or address[:5].lower() != "http:" else _ELSEWHERE
    return ""


def _first_string(nodes: Iterable[ast.Node]) -> str | None:
    words = [node for node in nodes if node.type not in ("whitespace", "comment")]
    if len(words) == 1 and words[0].type == "function" and words[0].lower_name in _URL_FUNCTIONS:
        words = [node for node in words[0].arguments if node.type not in ("whitespace", "comment")]
    return str(words[0].value) if words and words[0].type == "string" else None


def _names_before_colon(nodes: list[ast.Node]) -> Iterator[ast.IdentToken]:
    words = [node for node in nodes if node.type not in ("whitespace", "comment")]
    for node, following in zip(words, words[1:], strict=False):
        if node.type == "ident" and following.type == "literal" and following.value == ":":
            yield node


def _walk(nodes: Iterable[ast.Node]) -> Iterator[tuple[ast.Node, _Place]]:
    """Each node at any depth, with its place."""
    waiting = [(node, _Place()) for node in reversed(list(nodes))]
    while waiting:
        node, place = waiting.pop()
        yield node, place
        if node.type == "function":
            name = node.lower_name
            inner, place = node.arguments, _Place(name, place.takes_strings or name in _STRING_FUNCTIONS)
        elif node.type in ("() block", "[] block", "{} block"):
            inner = node.content
        else:
            continue
        waiting += [(child, place) for child in reversed(inner)]
