"""Footnotes: `[^1]` in the text, `[^1]: …` of several lines and paragraphs, shown at the end."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote.index import footnote_tail

_REFERENCE = re.compile(r"\[\^([^\s\[\]]{1,100})\]")
_DEFINITION = re.compile(r"\[\^([^\s\[\]]{1,100})\]:[ \t]*")
# Lines and paragraphs indented by this much still belong to the note.
_INDENT = 2
MOST_WAYS_BACK = 50


def add(machine: MarkdownIt) -> None:
    """Teaches the machine footnotes."""
    alternatives = ["paragraph", "reference"]
    machine.block.ruler.before("reference", "footnote_def", _definition, {"alt": alternatives})
    machine.inline.ruler.before("link", "footnote_ref", _reference)
    machine.core.ruler.after("inline", "footnote_tail", footnote_tail)


def _definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    match = None if state.is_code_block(start_line) else _DEFINITION.match(state.src, start, end)
    if match is None:
        return False
    if silent:
        return True
    notes = state.env.setdefault("footnotes", {"refs": {}, "list": {}})
    notes["refs"][f":{match[1]}"] = -1
    state.push("footnote_reference_open", "", 1).meta = {"label": match[1]}
    kept_line = state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line]
    kept_type = state.parentType
    state.blkIndent += _INDENT
    state.bMarks[start_line], state.tShift[start_line] = match.end(), 0
    state.sCount[start_line] = state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, start_line, end_line)
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line] = kept_line
    state.parentType = kept_type
    state.blkIndent -= _INDENT
    # A note that begins with nothing takes its own line all the same.
    state.line = max(state.line, start_line + 1)
    state.push("footnote_reference_close", "", -1)
    return True


def _reference(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[^", state.pos) or "footnotes" not in state.env:
        return False
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    numbers, notes = state.env["footnotes"]["refs"], state.env["footnotes"]["list"]
    if match is None or f":{match[1]}" not in numbers:
        return False
    if not silent:
        label = f":{match[1]}"
        if numbers[label] < 0:
            numbers[label] = len(notes)
            notes[numbers[label]] = {"label": match[1], "count": 0}
        note = notes[numbers[label]]
        token = state.push("footnote_ref", "", 0)
        # Beyond the last way back a mark has no place to come back to.
        token.meta = {"id": numbers[label], "subId": min(note["count"], MOST_WAYS_BACK), "label": match[1]}
        note["count"] = min(note["count"] + 1, MOST_WAYS_BACK)
    state.pos = match.end()
    return True
