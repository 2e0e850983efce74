"""An author's style sheet, made unable to reach out to other hosts and otherwise left as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate

import tinycss2
from tinycss2 import ast

from bearblog.engines.rendering import style_rules

MAX_WARNINGS = 50

_LEFT_OUT = "/* left out */"
_MARK = "end-of-sheet"
_CLOSERS = {"() block": ")", "[] block": "]", "{} block": "}", "function": ")"}
_PASSES = 6


@dataclass(frozen=True)
class StyleWarning:
    """What is wrong in one line of a style sheet, in words for its author."""

    line_number: int
    sentence: str


@dataclass(frozen=True)
class CleanCss:
    """A style sheet fit for readers; its imports stand apart, since they must come before all else."""

    css: str
    warnings: tuple[StyleWarning, ...] = ()
    imports: str = ""


@dataclass(frozen=True)
class _Cut:
    start: int
    end: int
    warning: StyleWarning
    is_kept_import: bool = False


@dataclass
class _Sheet:
    text: str
    nodes: list[ast.Node]
    line_starts: list[int] = field(default_factory=list)

    def offset(self, node: ast.Node) -> int:
        line: int = node.source_line
        column: int = node.source_column
        return self.line_starts[line - 1] + column - 1


def clean_css(css: str, *, allows_remote: bool) -> CleanCss:
    """The sheet without what imports, runs or loads from elsewhere, and a warning for each line it lost."""
    text = css.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    # The same to a style sheet, and nothing that could end a style element around it.
    text = text.replace("</", "<\\/")
    first = _clean_once(text, allows_remote=allows_remote)
    result, round_ = first, first
    # What stands around a cut may read differently without it.
    for _ in range(_PASSES):
        if not round_.warnings and not round_.imports:
            return replace(result, warnings=first.warnings[:MAX_WARNINGS])
        round_ = _clean_once(round_.css, allows_remote=allows_remote)
        result = CleanCss(round_.css, imports=result.imports + round_.imports)
    refused = StyleWarning(1, "This style sheet could not be made safe, so readers get none of it.")
    return CleanCss("", (refused,))


def _clean_once(text: str, *, allows_remote: bool) -> CleanCss:
    sheet = _closed(text)
    cuts = sorted(_cuts(sheet, allows_remote=allows_remote), key=lambda cut: cut.start)
    if not cuts:
        return CleanCss(sheet.text)
    kept, imports, position = [], [], 0
    for cut in cuts:
        if cut.start >= position:
            kept += [sheet.text[position : cut.start], _LEFT_OUT]
            position = cut.end
        if cut.is_kept_import:
            imports.append(sheet.text[cut.start : cut.end].rstrip().removesuffix(";") + ";\n")
    warnings = tuple(cut.warning for cut in cuts if not cut.is_kept_import)
    return CleanCss("".join(kept) + sheet.text[position:], warnings, "".join(imports))


def _closed(text: str) -> _Sheet:
    """The sheet with all that is open at its end closed, so that the end of every block is known."""
    for ending in ("", "*/", ")"):
        closers = _open_at_end(_parse(f"{text}{ending}\n@{_MARK}"))
        if closers is not None:
            # On a line of its own: a backslash at the end would make a letter of the first.
            text += ending + ("\n" + closers if closers else "")
            break
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    return _Sheet(text, _parse(text), starts)


def _open_at_end(nodes: list[ast.Node]) -> str | None:
    closers = ""
    while nodes:
        last = nodes[-1]
        if last.type == "at-keyword" and last.value == _MARK:
            return closers
        if last.type not in _CLOSERS:
            return None
        closers = _CLOSERS[last.type] + closers
        nodes = _content(last)
    return None


def _cuts(sheet: _Sheet, *, allows_remote: bool) -> Iterator[_Cut]:
    waiting = [(sheet.nodes, len(sheet.text), True)]
    while waiting:
        nodes, end, is_top = waiting.pop()
        for statement, statement_end in _statements(sheet, nodes, end):
            start, line = sheet.offset(statement[0]), statement[0].source_line
            if is_top and allows_remote and style_rules.is_remote_import(statement):
                warning = StyleWarning(line, "")
                yield _Cut(start, statement_end, warning, is_kept_import=True)
                continue
            found = style_rules.find_problem(statement, allows_remote=allows_remote)
            if found is not None:
                yield _Cut(start, statement_end, StyleWarning(found.line_number, found.sentence))
                continue
            ends = [*(sheet.offset(node) for node in statement[1:]), statement_end]
            blocks = zip(statement, ends, strict=True)
            waiting += [(_content(node), at - 1, False) for node, at in blocks if node.type == "{} block"]


def _statements(sheet: _Sheet, nodes: list[ast.Node], end: int) -> Iterator[tuple[list[ast.Node], int]]:
    """Each declaration or rule between the space and comments around it, and where it ends."""
    current: list[ast.Node] = []
    for number, node in enumerate(nodes):
        if current or node.type not in ("whitespace", "comment"):
            current.append(node)
        is_last = number == len(nodes) - 1
        if current and (is_last or node.type == "{} block" or (node.type == "literal" and node.value == ";")):
            yield current, end if is_last else sheet.offset(nodes[number + 1])
            current = []


def _content(node: ast.Node) -> list[ast.Node]:
    content: list[ast.Node] = node.arguments if node.type == "function" else node.content
    return content


def _parse(text: str) -> list[ast.Node]:
    nodes: list[ast.Node] = tinycss2.parse_component_value_list(text, skip_comments=False)
    return nodes
