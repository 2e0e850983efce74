"""Task lists: each item's box stands in its first line, drawn, and named for those who hear the page."""

from django.utils.translation import gettext
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token


def add(machine: MarkdownIt) -> None:
    """Teaches the machine to show the boxes of task lists."""
    machine.core.ruler.before("text_join", "task_boxes", _show_boxes)


def _show_boxes(state: StateCore) -> None:
    for index, token in enumerate(state.tokens):
        if token.type != "list_item_open" or "checked" not in token.meta:
            continue
        first = state.tokens[index + 2 : index + 3]
        if first and first[0].type == "inline" and first[0].children is not None:
            first[0].children[:0] = _box(is_checked=token.meta["checked"])


def _box(*, is_checked: bool) -> list[Token]:
    words = gettext("Done") if is_checked else gettext("To do")
    return [
        Token("task_box_open", "span", 1, attrs={"role": "img", "aria-label": words}),
        Token("text", "", 0, content="☑" if is_checked else "☐"),
        Token("task_box_close", "span", -1),
        Token("text", "", 0, content=" "),
    ]
