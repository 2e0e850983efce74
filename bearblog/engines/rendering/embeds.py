"""What stands alone: a picture with a title becomes a figure, the address of a video its player."""

import html
from collections.abc import Iterator

from django.utils.translation import gettext
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from bearblog.engines.rendering import players

_BREAKS = ("softbreak", "hardbreak")


def add(machine: MarkdownIt) -> None:
    """Teaches the machine figures and players."""
    machine.core.ruler.before("typography", "embeds", _embed)


def _embed(state: StateCore) -> None:
    if "://" not in state.src and "![" not in state.src:
        return
    for index, block in enumerate(state.tokens):
        if block.type == "inline" and block.children and state.tokens[index - 1].type == "paragraph_open":
            block.children = [token for line in _lines(block.children) for token in _shown(line)]
            _make_figure(state.tokens, index, block.children)


def _lines(tokens: list[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    for token in tokens:
        if token.type in _BREAKS and token.level == 0:
            yield line
            yield [token]
            line = []
        else:
            line.append(token)
    yield line


def _shown(line: list[Token]) -> list[Token]:
    kinds = [token.type for token in line]
    if kinds == ["link_open", "text", "link_close"] and line[0].markup == "linkify":
        frame = players.frame_for(str(line[0].attrs["href"]))
        return [_player(frame, "")] if frame else line
    return [_shown_picture(token) for token in line]


def _shown_picture(token: Token) -> Token:
    # Inside a link a player could not be used.
    frame = players.frame_for(str(token.attrs["src"])) if token.type == "image" and token.level == 0 else None
    return _player(frame, token.content) if frame else token


def _player(frame: players.Frame, title: str) -> Token:
    return Token("html_frame", "", 0, content=_frame_html(frame, title))


def _make_figure(tokens: list[Token], index: int, children: list[Token]) -> None:
    pictures = [token for token in children if token.type == "image"]
    kinds = [token.type for token in children]
    if kinds not in (["image"], ["link_open", "image", "link_close"]) or not pictures[0].attrs.get("title"):
        return
    caption = str(pictures[0].attrs.pop("title"))
    opening, closing = tokens[index - 1], tokens[index + 1]
    opening.type, opening.tag, opening.hidden = "figure_open", "figure", False
    closing.type, closing.tag, closing.hidden = "figure_close", "figure", False
    children += [
        Token("figcaption_open", "figcaption", 1),
        Token("text", "", 0, content=caption),
        Token("figcaption_close", "figcaption", -1),
    ]


def _frame_html(frame: players.Frame, title: str) -> str:
    # What the frame may do is added by the cleaner.
    title = html.escape(title or gettext("Player from %(site)s") % {"site": frame.source})
    return (
        f'<iframe class="embed" src="{html.escape(frame.address)}" title="{title}"'
        f' width="{frame.width}" height="{frame.height}"></iframe>'
    )
