"""LaTeX between dollars becomes MathML; what is no LaTeX is shown as typed, and prices stay prices."""

import html
import re
from functools import lru_cache
from xml.etree.ElementTree import Element

from latex2mathml import exceptions
from latex2mathml.converter import convert_to_element
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from bearblog.engines.rendering import cleaning
from bearblog.engines.rendering.sheet import sheet_of

_INLINE = re.compile(r"\$\$((?:\\[^\n]|[^\\$\n])+)\$\$|\$(?![\s$])((?:\\[^\n]|[^\\$\n])+)(?<!\s)\$(?!\d)")
# "$5 and 10$": begins with a number, goes on in words, and has no sign that only a formula has.
_PRICE = re.compile(r"\d[\d.,]*\s+[^\\^_={}<>+*/]*")
# Definitions of commands could grow to any size; a formula of a blog needs none.
_DEFINITION = re.compile(r"\\(?:re|provide)?(?:new|def|Declare|let)")
_MOST_CHARACTERS = 4_000
# What stands inside these is counted: one with a part missing shows as an error.
_PARTS = {
    "mfrac": 2,
    "mover": 2,
    "mroot": 2,
    "msub": 2,
    "msubsup": 3,
    "msup": 2,
    "munder": 2,
    "munderover": 3,
}
_MOST_DEPTH = 60
_NOT_LATEX = (
    exceptions.NumeratorNotFoundError,
    exceptions.DenominatorNotFoundError,
    exceptions.ExtraLeftOrMissingRightError,
    exceptions.MissingSuperScriptOrSubscriptError,
    exceptions.DoubleSubscriptsError,
    exceptions.DoubleSuperscriptsError,
    exceptions.NoAvailableTokensError,
    exceptions.InvalidStyleForGenfracError,
    exceptions.MissingEndError,
    exceptions.InvalidAlignmentError,
    exceptions.InvalidWidthError,
    exceptions.LimitsMustFollowMathOperatorError,
    RecursionError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    StopIteration,
)


def add(machine: MarkdownIt) -> None:
    """Teaches the machine formulas."""
    machine.inline.ruler.before("escape", "formula", _inline)
    machine.block.ruler.before("fence", "formula_block", _block, {"alt": ["paragraph", "reference"]})


@lru_cache(maxsize=256)
def mathml(latex: str, *, is_block: bool) -> str | None:
    """The formula as MathML, with nothing in it but what the allow-list has; None when it is no LaTeX."""
    if not 0 < len(latex) <= _MOST_CHARACTERS or _DEFINITION.search(latex):
        return None
    braces = re.sub(r"\\.", "", latex)
    if braces.count("{") != braces.count("}"):
        return None
    try:
        element = convert_to_element(latex, display="block" if is_block else "inline")
        return _written(element, 0)
    except _NOT_LATEX:
        return None


def _written(element: Element, depth: int) -> str:
    text = html.unescape(element.text or "")
    # A command that the converter does not know comes through as its name.
    is_unknown = re.match(r"\\[A-Za-z]|[{}]$", text) or element.tag not in cleaning.MATH_TAGS
    if is_unknown or depth > _MOST_DEPTH or len(element) != _PARTS.get(element.tag, len(element)):
        raise ValueError(element.tag)
    attributes = "".join(
        f' {name}="{html.escape(value)}"'
        for name, value in element.attrib.items()
        if name in cleaning.MATH_ATTRIBUTES
    )
    inside = "".join(_written(child, depth + 1) for child in element)
    return f"<{element.tag}{attributes}>{html.escape(text)}{inside}</{element.tag}>"


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$" or (state.pos and state.src[state.pos - 1].isalnum()):
        return False
    match = _INLINE.match(state.src, state.pos, state.posMax)
    if match is None or (match[2] and _PRICE.fullmatch(match[2])):
        return False
    if not silent:
        token = state.push("formula", "math", 0)
        token.content = (match[1] or match[2]).strip()
        token.markup = match[0]
    state.pos = match.end()
    return True


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("$$", start) or state.is_code_block(start_line):
        return False
    sheet = sheet_of(state.env)
    if start < sheet.unclosed_formula_until:
        return False
    first = state.src[start + 2 : state.eMarks[start_line]].strip()
    last = start_line
    lines = [first]
    while not lines[-1].endswith("$$"):
        last += 1
        if (
            "$$" in lines[-1]
            or last >= end_line
            or state.isEmpty(last)
            or state.sCount[last] < state.blkIndent
        ):
            # Remembered, so that a thousand openings without an end are not each looked through.
            sheet.unclosed_formula_until = state.eMarks[last - 1]
            return False
        lines.append(state.src[state.bMarks[last] + state.tShift[last] : state.eMarks[last]].strip())
    content = "\n".join(lines)[:-2].strip()
    if not content or "$$" in content:
        return False
    if not silent:
        token = state.push("formula_block", "math", 0)
        token.content = content
        token.markup = state.getLines(start_line, last + 1, state.blkIndent, False)
        state.line = last + 1
    return True
