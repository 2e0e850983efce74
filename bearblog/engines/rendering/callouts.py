"""Callouts (`.. note:: Title` with an indented body, `> [!NOTE]`) and the place of a table of contents."""

import re

from django.utils.translation import gettext, gettext_noop
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TITLES = {
    "attention": gettext_noop("Attention"),
    "caution": gettext_noop("Caution"),
    "danger": gettext_noop("Danger"),
    "error": gettext_noop("Error"),
    "hint": gettext_noop("Hint"),
    "important": gettext_noop("Important"),
    "info": gettext_noop("Info"),
    "note": gettext_noop("Note"),
    "success": gettext_noop("Success"),
    "tip": gettext_noop("Tip"),
    "warning": gettext_noop("Warning"),
}
_OPENING = re.compile(r"\.\.[ \t]{1,4}([A-Za-z]{1,20})::(?:[ \t]+(.*))?")
_OPTION = re.compile(r"[ \t]*:([a-z-]{1,20}):[ \t]*(.*)")
_MARKER = re.compile(r"\[!([A-Za-z]{1,20})\][ \t]*([^\n]*)(?:\n|$)")
_CALLOUT = "callout"


def add(machine: MarkdownIt) -> None:
    """Teaches the machine callouts and tables of contents."""
    alternatives = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    machine.block.ruler.before("hr", "dotted", _dotted, {"alt": alternatives["alt"]})
    machine.core.ruler.after("block", "quoted_callouts", _quoted)


def _dotted(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.is_code_block(start_line) or not state.src.startswith("..", start):
        return False
    match = _OPENING.fullmatch(state.src, start, state.eMarks[start_line])
    if match is None:
        return False
    kind, title = match[1].lower(), (match[2] or "").strip()
    if kind != "toc" and kind not in _TITLES:
        return False
    if silent:
        return True
    body_end = _body_end(state, start_line, end_line)
    options, body_start = _options(state, start_line + 1, body_end)
    if kind == "toc":
        token = state.push("toc", "details", 0)
        token.content = title or gettext("Contents")
        token.meta = {"deepest": _deepest(options)}
        state.line = body_start
        return True
    _push_callout(state, kind, title, (body_start, body_end))
    state.line = body_end
    return True


def _body_end(state: StateBlock, start_line: int, end_line: int) -> int:
    least = state.sCount[start_line] + 2
    end = start_line + 1
    for line in range(start_line + 1, end_line):
        if state.isEmpty(line):
            continue
        if state.sCount[line] < least:
            break
        end = line + 1
    return end


def _options(state: StateBlock, line: int, end: int) -> tuple[dict[str, str], int]:
    options: dict[str, str] = {}
    while line < end and (match := _OPTION.fullmatch(state.src, state.bMarks[line], state.eMarks[line])):
        options[match[1]] = match[2]
        line += 1
    return options, line


def _deepest(options: dict[str, str]) -> int:
    typed = options.get("max-level", "")
    return int(typed) if typed in ("1", "2", "3", "4", "5", "6") else 6


def _push_callout(state: StateBlock, kind: str, title: str, body: tuple[int, int]) -> None:
    section = state.push(f"{_CALLOUT}_open", "section", 1)
    section.attrs = {"class": f"admonition {kind}"}
    for token in _title_tokens(kind, title):
        token.level = state.level
        state.tokens.append(token)
    first = next((line for line in range(*body) if not state.isEmpty(line)), None)
    if first is not None:
        kept = state.blkIndent, state.lineMax, state.parentType
        state.blkIndent, state.lineMax, state.parentType = state.sCount[first], body[1], _CALLOUT
        # A line indented less than the first one still belongs to the body.
        for line in range(first, body[1]):
            state.sCount[line] = max(state.sCount[line], state.blkIndent)
        state.md.block.tokenize(state, first, body[1])
        state.blkIndent, state.lineMax, state.parentType = kept
    state.push(f"{_CALLOUT}_close", "section", -1)


def _title_tokens(kind: str, title: str) -> list[Token]:
    words = title or gettext(_TITLES[kind])
    return [
        Token("callout_title_open", "p", 1, attrs={"class": "admonition-title"}, block=True),
        Token("inline", "", 0, content=words, children=[]),
        Token("callout_title_close", "p", -1, block=True),
    ]


def _quoted(state: StateCore) -> None:
    if "[!" not in state.src:
        return
    tokens: list[Token] = []
    closings: set[int] = set()
    for index, token in enumerate(state.tokens):
        marker = _marker_after(state.tokens, index)
        if marker is not None:
            kind = marker[1].lower()
            token.type, token.tag, token.attrs = (
                f"{_CALLOUT}_open",
                "section",
                {"class": f"admonition {kind}"},
            )
            closings.add(token.level)
            tokens += [token, *_title_tokens(kind, marker[2].strip())]
            state.tokens[index + 2].content = state.tokens[index + 2].content[marker.end() :]
            continue
        if token.type == "blockquote_close" and token.level in closings:
            closings.discard(token.level)
            token.type, token.tag = f"{_CALLOUT}_close", "section"
        tokens.append(token)
    state.tokens = _without_empty_paragraphs(tokens)


def _marker_after(tokens: list[Token], index: int) -> re.Match[str] | None:
    if tokens[index].type != "blockquote_open" or tokens[index + 1].type != "paragraph_open":
        return None
    match = _MARKER.match(tokens[index + 2].content)
    return match if match and match[1].lower() in _TITLES else None


def _without_empty_paragraphs(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        is_empty = (
            token.type == "paragraph_close" and kept[-1].type == "inline" and not kept[-1].content.strip()
        )
        if is_empty:
            del kept[-2:]
        else:
            kept.append(token)
    return kept
