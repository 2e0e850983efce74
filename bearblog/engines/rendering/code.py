"""Source code with colours, made on the server: few classes, and one small sheet for light and dark."""

import html
import re
from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import Token, _TokenType
from pygments.util import ClassNotFound

# Some languages' rules take very long over text that is not theirs: code beyond this has no colours.
_MOST_CHARACTERS = 8_000
_TOO_LONG = re.compile(r"[^\n]{1000}|\s{200}")
_LANGUAGE_NAMES = """
    ada applescript asm awk bash basic batch bibtex c clojure cmake cobol coffee-script common-lisp
    console cpp crystal csharp css d dart delphi diff django docker dot elixir elm emacs-lisp erlang
    fish fortran fsharp gas gdscript gherkin glsl go graphql groovy haskell haxe hcl hlsl html http ini
    java javascript json json5 jsx julia kotlin lean less lisp lua make markdown matlab nasm nginx nim
    nix objective-c ocaml octave perl php plpgsql postgresql pot powershell prolog properties protobuf
    ps1con pug pycon pytb python qml racket raku reasonml rst ruby rust sass scala scheme scss smalltalk
    solidity sparql splus sql sqlite3 swift systemverilog tcl terraform tex toml tsx twig typescript
    typst udiff vala vb.net verilog vhdl vim vue wast xml xslt yaml zig
"""
_LANGUAGES = frozenset(_LANGUAGE_NAMES.split())
_CLASSES = {
    Token.Comment: "c",
    Token.Comment.Preproc: "p",
    Token.Generic.Deleted: "d",
    Token.Generic.Emph: "e",
    Token.Generic.Heading: "b",
    Token.Generic.Inserted: "i",
    Token.Generic.Strong: "b",
    Token.Generic.Subheading: "b",
    Token.Keyword: "k",
    Token.Literal.Number: "n",
    Token.Literal.String: "s",
    Token.Name.Attribute: "a",
    Token.Name.Builtin: "f",
    Token.Name.Class: "f",
    Token.Name.Decorator: "p",
    Token.Name.Exception: "f",
    Token.Name.Function: "f",
    Token.Name.Tag: "k",
    Token.Operator.Word: "k",
    Token.Error: None,
}
_LIGHT = {"c": "#5f6368", "k": "#8a1c7c", "s": "#2b6a30", "n": "#8f4700", "f": "#1a56a8", "a": "#7a5200"}
_DARK = {"c": "#a3a9b1", "k": "#e5a3dc", "s": "#9fd3a0", "n": "#f0b27a", "f": "#8fbcf5", "a": "#e2c275"}
_LIGHT |= {"p": "#6b4fa0", "i": "#1e6b2b", "d": "#a8201a"}
_DARK |= {"p": "#c3b1f0", "i": "#8fd89a", "d": "#ff9f97"}
LIGHT_BACKGROUND, LIGHT_TEXT = "#f5f5f4", "#24292f"
DARK_BACKGROUND, DARK_TEXT = "#1c1f24", "#e4e6ea"
LIGHT_COLOURS, DARK_COLOURS = tuple(_LIGHT.values()), tuple(_DARK.values())


def _rules(colours: dict[str, str], background: str, text: str) -> str:
    box = f".highlight pre{{background:{background};color:{text}}}"
    return box + "".join(f".highlight .{name}{{color:{colour}}}" for name, colour in colours.items())


# A page needs it only when its HTML holds class="highlight".
LIGHT_AND_DARK_CSS = (
    ".highlight pre{padding:.75em 1em;overflow-x:auto}.highlight code{background:none;color:inherit}"
    ".highlight .b{font-weight:bold}.highlight .c,.highlight .e{font-style:italic}"
    + _rules(_LIGHT, LIGHT_BACKGROUND, LIGHT_TEXT)
    + f"@media(prefers-color-scheme:dark){{{_rules(_DARK, DARK_BACKGROUND, DARK_TEXT)}}}"
)


def highlighted(source: str, language: str) -> str | None:
    """The code as HTML with a class for each kind of word; None for an unknown language or long code."""
    if not language or len(source) > _MOST_CHARACTERS or _TOO_LONG.search(source):
        return None
    lexer_class = _lexer_class(language.lower())
    if lexer_class is None:
        return None
    # One for each block: some keep what they have read, which threads must not share.
    lexer = lexer_class(stripnl=False, ensurenl=False, unicodelevel="none")
    parts: list[str] = []
    for kind, words in _runs(lexer, source):
        written = html.escape(words, quote=False)
        parts.append(f'<span class="{kind}">{written}</span>' if kind else written)
    return "".join(parts)


def _runs(lexer: Lexer, source: str) -> list[tuple[str | None, str]]:
    runs: list[tuple[str | None, str]] = []
    for token_type, words in lexer.get_tokens(source):
        kind = None if words.isspace() else _class_of(token_type)
        if runs and runs[-1][0] == kind:
            runs[-1] = (kind, runs[-1][1] + words)
        elif words:
            runs.append((kind, words))
    return runs


@lru_cache(maxsize=512)
def _class_of(token_type: _TokenType) -> str | None:
    kind: _TokenType | None = token_type
    while kind is not None:
        if kind in _CLASSES:
            return _CLASSES[kind]
        kind = kind.parent
    return None


@lru_cache(maxsize=128)
def _lexer_class(language: str) -> type[Lexer] | None:
    try:
        found = find_lexer_class_by_name(language)
    except ClassNotFound:
        return None
    return found if _LANGUAGES & set(found.aliases) else None
