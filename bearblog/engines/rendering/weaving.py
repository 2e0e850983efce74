"""Directives take their places in HTML that is clean and balanced, so that it stays valid."""

import html
import re
from dataclasses import dataclass
from urllib.parse import quote

from bearblog.engines.rendering import cleaning
from bearblog.engines.rendering.directives import Placeholders

_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_VOID_NAMES.split())
_PIECE = re.compile(
    r"(?P<raw><!--.*?-->|<(?P<name>script|style|iframe|noembed|noframes|xmp)\b(?:[^>\"]|\"[^\"]*\")*>.*?</(?P=name)>)"
    r"|<(?P<ends>/?)(?P<tag>[A-Za-z][^\s/>]*)(?P<attributes>(?:[^>\"]|\"[^\"]*\")*)>"
    r"|(?P<placeholder>1[0-9a-f]{20}x[0-9]{1,7}z)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r'\s+([^\s"=>/]+)(?:="([^"]*)")?')
_ID = re.compile(r' id="[^"]*"')
_ADDRESS_NAMES = "action background cite data formaction href poster src xlink:href"
_ADDRESSES = frozenset(_ADDRESS_NAMES.split())
# Where a list or a form may stand; a paragraph, heading or link around it is closed before and opened after.
_CONTAINER_NAMES = """
    article aside blockquote dd details div dt figcaption figure footer form header li main nav section td th
"""
_CONTAINERS = frozenset(_CONTAINER_NAMES.split())
_LITERAL = frozenset({"pre", "code", "textarea"})
_WORDS_ONLY = frozenset({"button", "caption", "label", "math", "option", "select", "summary", "svg", "title"})


# Characters that directives may bring into one text; what goes beyond stays as typed.
_MOST_WOVEN = 5_000_000


@dataclass
class _Open:
    name: str
    tag: str
    position: int
    may_vanish: bool = False


def weave(markup: str, placeholders: Placeholders) -> str:
    """The HTML with each directive's replacement in its place, or the directive as typed."""
    return _Weaver(placeholders).woven(markup) if placeholders else markup


class _Weaver:
    def __init__(self, placeholders: Placeholders) -> None:
        self.placeholders = placeholders
        self.out: list[str] = []
        self.stack: list[_Open] = []
        self.spare = _MOST_WOVEN

    def woven(self, markup: str) -> str:
        end = 0
        for match in _PIECE.finditer(markup):
            self.out.append(markup[end : match.start()])
            end = match.end()
            if match["raw"]:
                self.out.append(self.placeholders.restore(match[0]))
            elif match["placeholder"]:
                self._place(match[0])
            elif match["ends"]:
                self._end(match["tag"], match[0])
            else:
                self._begin(match["tag"], match["attributes"])
        self.out.append(markup[end:])
        return "".join(self.out)

    def _begin(self, name: str, attributes: str) -> None:
        tag = f"<{name}{_ATTRIBUTE.sub(self._attribute, attributes)}>"
        self.out.append(tag)
        if name not in _VOID:
            self.stack.append(_Open(name, tag, len(self.out) - 1))

    def _end(self, name: str, tag: str) -> None:
        if not any(element.name == name for element in self.stack):
            self.out.append(tag)
            return
        while self.stack:
            element = self.stack.pop()
            if element.name == name:
                break
        self._close(element)

    def _close(self, element: _Open) -> None:
        if element.may_vanish and not any(map(str.strip, self.out[element.position + 1 :])):
            self.out[element.position] = ""
        else:
            self.out.append(f"</{element.name}>")

    def _place(self, placeholder: str) -> None:
        if not self.placeholders.is_placeholder(placeholder):
            self.out.append(placeholder)
            return
        names = {element.name for element in self.stack}
        is_literal = bool(names & _LITERAL) or self.spare < 0
        replacement = None if is_literal else self.placeholders.replacement(placeholder)
        self.spare -= len(replacement.html) if replacement else 0
        if replacement is None:
            self.out.append(html.escape(self.placeholders.directive(placeholder).typed, quote=False))
        elif names & _WORDS_ONLY or ("a" in names and "<a" in replacement.html and not replacement.is_block):
            self.out.append(html.escape(replacement.plain, quote=False))
        elif replacement.is_block:
            self._place_block(replacement.html)
        else:
            self.out.append(replacement.html)
            if self.stack and self.stack[-1].name == "p":
                self.stack[-1].may_vanish = True

    def _place_block(self, markup: str) -> None:
        split: list[_Open] = []
        while self.stack and not self._may_contain(self.stack[-1].name):
            element = self.stack.pop()
            element.may_vanish = True
            self._close(element)
            split.append(element)
        self.out.append(markup)
        for element in reversed(split):
            tag = _ID.sub("", element.tag)
            self.out.append(tag)
            self.stack.append(_Open(element.name, tag, len(self.out) - 1, may_vanish=True))

    def _may_contain(self, name: str) -> bool:
        return name in _CONTAINERS or "-" in name

    def _attribute(self, match: re.Match[str]) -> str:
        name, typed = match[1], html.unescape(match[2] or "")
        if self.placeholders.restore(name) != name:
            return ""
        value = self.placeholders.plain(typed)
        if value == typed:
            return match[0]
        if name.lower().startswith("on") or name == "style":
            value = self.placeholders.restore(typed)
        elif name in _ADDRESSES:
            value = quote(value, safe="%/:?#[]@!$&'()*+,;=~")
            if not cleaning.is_safe_address(value):
                return ""
        return f' {name}="{html.escape(value)}"'
