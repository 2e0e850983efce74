"""`*[HTML]: HyperText Markup Language`: each HTML in the text then says what it stands for."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from bearblog.engines.rendering.sheet import Sheet, sheet_of

_DEFINITION = re.compile(r"\*\[([^\[\]\n]{1,60})\]:[ \t]*(\S.{0,500})")
# What goes beyond stays in the text as typed; the search for thousands at once would take long.
_MOST = 200


def add(machine: MarkdownIt) -> None:
    """Teaches the machine abbreviations."""
    machine.block.ruler.before("reference", "abbreviation", _definition, {"alt": ["paragraph", "reference"]})
    machine.core.ruler.after("text_join", "abbreviations", _explain)


def _definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    match = _DEFINITION.fullmatch(state.src, start, state.eMarks[start_line])
    abbreviations = sheet_of(state.env).abbreviations
    if match is None or len(abbreviations) >= _MOST:
        return False
    if not silent:
        abbreviations.setdefault(match[1].strip(), match[2].strip())
        state.line = start_line + 1
    return True


def _explain(state: StateCore) -> None:
    sheet = sheet_of(state.env)
    if not sheet.abbreviations:
        return
    longest_first = sorted(filter(None, sheet.abbreviations), key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for block in state.tokens:
        if block.children:
            block.children = [part for token in block.children for part in _parts(token, pattern, sheet)]


def _parts(token: Token, pattern: re.Pattern[str], sheet: Sheet) -> list[Token]:
    if token.type != "text":
        return [token]
    parts: list[Token] = []
    end = 0
    for match in pattern.finditer(token.content):
        meaning = sheet.abbreviations[match[0]]
        sheet.spare_for_abbreviations -= len(meaning)
        if sheet.spare_for_abbreviations < 0:
            break
        parts += [
            Token("text", "", 0, content=token.content[end : match.start()]),
            Token("abbr_open", "abbr", 1, attrs={"title": meaning}),
            Token("text", "", 0, content=match[0]),
            Token("abbr_close", "abbr", -1),
        ]
        end = match.end()
    if not parts:
        return [token]
    return [*parts, Token("text", "", 0, content=token.content[end:])]
