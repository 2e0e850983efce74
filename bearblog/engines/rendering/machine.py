"""The machines that turn Markdown into HTML: built once, changed by no text, safe in several threads."""

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block, paragraph
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from bearblog.engines.rendering import (
    abbreviations,
    bare_links,
    callouts,
    embeds,
    footnotes,
    formulas,
    headings,
    marks,
    tasks,
    typography,
)
from bearblog.engines.rendering.directives import Placeholders, keep_typed
from bearblog.engines.rendering.output import Output
from bearblog.engines.rendering.sheet import Sheet, sheet_of

# Each level costs some calls on the stack, and some elements inside each other.
_MOST_NESTING = 60
# With more brackets open than this, the search for each one's end takes time out of proportion.
_MOST_OPEN_BRACKETS = 100

InlineRule = Callable[[StateInline, bool], bool]


def convert(text: str, placeholders: Placeholders, *, shows_html: bool = False) -> str:
    """The text as HTML, not cleaned; raw HTML in it is passed through, or shown as typed."""
    stops, may_link = bare_links.stops_for(text)
    sheet = Sheet(placeholders=placeholders, stops=stops, may_link=may_link)
    return str((_SHOWING if shows_html else _PASSING).render(text, {"sheet": sheet}))


def _build(*, html: bool) -> MarkdownIt:
    options = {"html": html, "maxNesting": _MOST_NESTING, "tasklists": True, "xhtmlOut": False}
    machine = MarkdownIt("commonmark", options, renderer_cls=Output).enable(["table", "strikethrough"])
    # Bear has no code by indentation: what is indented is a paragraph, or HTML.
    machine.block.ruler.at("code", _indented)
    machine.inline.ruler.at("link", _untangled(link))
    machine.inline.ruler.at("image", _untangled(image))
    machine.core.ruler.before("inline", "tangles", _find_tangles)
    bare_links.add(machine)
    marks.add(machine)
    formulas.add(machine)
    footnotes.add(machine)
    typography.add(machine)
    embeds.add(machine)
    tasks.add(machine)
    headings.add(machine)
    abbreviations.add(machine)
    callouts.add(machine)
    machine.use(deflist_plugin)
    # The rules are put in order now, and not by the first thread that comes.
    machine.render("a", {"sheet": Sheet(Placeholders(keep_typed, ""), bare_links.STOPS, False)})
    return machine


def _indented(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if not state.is_code_block(start_line):
        return False
    indent = state.sCount[start_line]
    state.sCount[start_line] = state.blkIndent
    is_html = html_block(state, start_line, end_line, silent)
    state.sCount[start_line] = indent
    return is_html or paragraph(state, start_line, end_line, silent)


def _find_tangles(state: StateCore) -> None:
    tangled = sheet_of(state.env).tangled
    for token in state.tokens:
        if token.content.count("[") > _MOST_OPEN_BRACKETS and _is_tangled(token.content):
            tangled.add(token.content)


def _is_tangled(content: str) -> bool:
    depth = 0
    for character in content:
        if character == "[":
            depth += 1
        elif character == "]" and depth:
            depth -= 1
        if depth > _MOST_OPEN_BRACKETS:
            return True
    return False


def _untangled(rule: InlineRule) -> InlineRule:
    def guarded(state: StateInline, silent: bool) -> bool:
        sheet = sheet_of(state.env)
        if sheet.tangled and state.src in sheet.tangled:
            return False
        start, known = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            _count_repetition(state, sheet, state.tokens[known : known + 2], state.pos - start)
        return True

    return guarded


def _count_repetition(state: StateInline, sheet: Sheet, tokens: list[Token], typed: int) -> None:
    made = sum(len(str(value)) for token in tokens for value in token.attrs.values())
    sheet.spare_for_links -= max(made - typed, 0)
    if sheet.spare_for_links < 0:
        state.env["references"] = {}


_PASSING = _build(html=True)
_SHOWING = _build(html=False)
