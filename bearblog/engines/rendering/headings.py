"""An anchor for every heading, in every script, and the table of contents that links to them."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from bearblog.engines.rendering.sheet import Sheet, sheet_of
from bearblog.lib import slugs

# Footnotes have these anchors to themselves.
_RESERVED = re.compile(r"fn(ref)?-\d")
_WITHOUT_LETTERS = "section"
# A table repeats every heading of the text: more of them would let a page grow with the square of its text.
_MOST_TABLES = 2


def add(machine: MarkdownIt) -> None:
    """Teaches the machine anchors and tables of contents."""
    machine.core.ruler.after("text_join", "headings", _name_headings)


def _name_headings(state: StateCore) -> None:
    sheet = sheet_of(state.env)
    entries: list[tuple[int, str, str]] = []
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            words = " ".join(sheet.placeholders.plain(_words(state.tokens[index + 1].children)).split())
            token.attrs["id"] = _unused(sheet, words)
            entries.append((int(token.tag[1]), str(token.attrs["id"]), words))
    for token in state.tokens:
        if token.type == "toc":
            shown = [entry for entry in entries if entry[0] <= token.meta["deepest"] and entry[2]]
            token.children = list(_list(shown)) if sheet.tables_of_contents < _MOST_TABLES else []
            sheet.tables_of_contents += 1


def _words(tokens: list[Token] | None) -> str:
    parts = []
    for token in tokens or ():
        if token.type in ("text", "code_inline", "formula"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(_words(token.children))
    return "".join(parts)


def _unused(sheet: Sheet, words: str) -> str:
    slug = slugs.make_slug(words) or _WITHOUT_LETTERS
    if _RESERVED.match(slug):
        slug = f"{_WITHOUT_LETTERS}-{slug}"
    count = sheet.heading_ids.get(slug, 0) + 1
    name = slug if count == 1 else f"{slug}-{count}"
    while count > 1 and name in sheet.heading_ids:
        count += 1
        name = f"{slug}-{count}"
    sheet.heading_ids[slug] = count
    sheet.heading_ids.setdefault(name, 1)
    return name


def _list(entries: list[tuple[int, str, str]]) -> Iterator[Token]:
    levels: list[int] = []
    for level, name, words in entries:
        while len(levels) > 1 and level < levels[-1]:
            levels.pop()
            yield from (_tag("li", -1), _tag("ul", -1))
        if levels and level <= levels[-1]:
            yield _tag("li", -1)
        else:
            levels.append(level)
            yield _tag("ul", 1)
        yield from (
            _tag("li", 1),
            Token("link_open", "a", 1, attrs={"href": f"#{name}"}),
            Token("text", "", 0, content=words),
            _tag("a", -1),
        )
    for _ in levels:
        yield from (_tag("li", -1), _tag("ul", -1))


def _tag(name: str, nesting: int) -> Token:
    return Token(f"toc_{name}", name, 1 if nesting == 1 else -1)
