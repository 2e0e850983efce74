"""Markdown to clean HTML."""

import html
from typing import Any

import mistune
from mistune.core import BaseRenderer, BlockState
from mistune.plugins.footnotes import footnotes
from mistune.plugins.formatting import mark, strikethrough, subscript, superscript
from mistune.plugins.table import table
from mistune.plugins.task_lists import task_lists
from mistune.plugins.url import url

from bearblog.engines.rendering import cleaning, summary
from bearblog.lib import plain_text, slugs

_PLUGINS = (strikethrough, mark, superscript, subscript, table, footnotes, task_lists, url)


def render(text: str) -> str:
    """Clean HTML of the Markdown, whatever the text is; HTML nested beyond reason is shown as typed."""
    dirty = _convert(_OPEN, text)
    if cleaning.is_too_deep(dirty):
        dirty = _convert(_ESCAPING, text)
    # Character references such as &#1; bring back what the stored text was rid of.
    return plain_text.without_control_characters(cleaning.clean(dirty))


def _convert(machine: mistune.Markdown, text: str) -> str:
    result = machine(text)
    return result if isinstance(result, str) else ""


def _table_cell(renderer: BaseRenderer, text: str, align: str | None = None, head: bool = False) -> str:
    # The pages' policy forbids style attributes, which mistune would use here.
    tag = "th" if head else "td"
    side = f' class="align-{align}"' if align else ""
    return f"<{tag}{side}>{text}</{tag}>\n"


def _task_item(renderer: BaseRenderer, text: str, checked: bool = False) -> str:
    box = "\u2611" if checked else "\u2610"
    paragraph = "<p>" if text.startswith("<p>") else ""
    return f'<li class="task-list-item">{paragraph}{box} {text.removeprefix("<p>")}</li>\n'


def _give_headings_ids(machine: mistune.Markdown, state: BlockState) -> None:
    used: dict[str, int] = {}
    for token in state.tokens:
        if token["type"] != "heading":
            continue
        slug = slugs.make_slug(_heading_text(machine, token, state))
        count = used[slug] = used.get(slug, 0) + 1
        if slug:
            token["attrs"]["id"] = slug if count == 1 else f"{slug}-{count}"


def _heading_text(machine: mistune.Markdown, token: dict[str, Any], state: BlockState) -> str:
    # An environment without footnotes: a note counted here would be numbered twice.
    tokens = machine.inline(token["text"], {"ref_links": state.env["ref_links"]})
    rendered = machine.renderer(tokens, BlockState()) if machine.renderer else ""
    return html.unescape(summary.without_tags(str(rendered)))


def _machine(*, escape: bool) -> mistune.Markdown:
    machine = mistune.create_markdown(escape=escape, plugins=_PLUGINS)
    machine.before_render_hooks.append(_give_headings_ids)
    if machine.renderer is not None:
        machine.renderer.register("table_cell", _table_cell)
        machine.renderer.register("task_list_item", _task_item)
    return machine


_OPEN = _machine(escape=False)
_ESCAPING = _machine(escape=True)
