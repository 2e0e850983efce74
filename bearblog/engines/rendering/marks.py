"""Signs inside a line beyond CommonMark: `==mark==`, `^sup^`, `~sub~`, and a break written as backslash-n."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_EQUALS = ord("=")
_RAISED = {
    "^": ("sup", re.compile(r"(?<!\[)\^(?!\^)((?:\\[^\n]|[^\s\\^`]){1,200})\^")),
    "~": ("sub", re.compile(r"~(?!~)((?:\\[^\n]|[^\s\\~`]){1,200})~(?!~)")),
}


def add(machine: MarkdownIt) -> None:
    """Teaches the machine these signs."""
    machine.inline.ruler.before("escape", "typed_break", _typed_break)
    machine.inline.ruler.after("strikethrough", "mark", _open_mark)
    machine.inline.ruler.after("mark", "raised", _raised)
    machine.inline.ruler2.after("balance_pairs", "mark", _pair_marks)


def _typed_break(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\":
        return False
    after = state.pos + 1
    if after < state.posMax:
        if state.src[after] != "n":
            return False
        length = 2
    elif state.pos == 0 or state.src[state.pos - 1] == "\n":
        length = 1
    else:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos += length
    return True


def _open_mark(state: StateInline, silent: bool) -> bool:
    if silent or not state.src.startswith("==", state.pos):
        return False
    scanned = state.scanDelims(state.pos, True)
    state.push("text", "", 0).content = "=" * scanned.length
    if scanned.length == 2:
        state.delimiters.append(
            Delimiter(_EQUALS, 0, len(state.tokens) - 1, -1, scanned.can_open, scanned.can_close)
        )
    state.pos += scanned.length
    return True


def _pair_marks(state: StateInline) -> None:
    nested = (meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta)
    for delimiters in (state.delimiters, *nested):
        for opener in delimiters:
            if opener.marker == _EQUALS and opener.end != -1:
                _turn_into_tag(state, opener.token, 1)
                _turn_into_tag(state, delimiters[opener.end].token, -1)


def _turn_into_tag(state: StateInline, index: int, nesting: int) -> None:
    token = state.tokens[index]
    token.type = "mark_open" if nesting == 1 else "mark_close"
    token.tag = "mark"
    token.nesting = 1 if nesting == 1 else -1
    token.content = ""


def _raised(state: StateInline, silent: bool) -> bool:
    kind = _RAISED.get(state.src[state.pos])
    if silent or kind is None:
        return False
    tag, pattern = kind
    match = pattern.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    most = state.posMax
    state.push(f"{tag}_open", tag, 1)
    state.pos, state.posMax = match.start(1), match.end(1)
    state.md.inline.tokenize(state)
    state.push(f"{tag}_close", tag, -1)
    state.pos, state.posMax = match.end(), most
    return True
