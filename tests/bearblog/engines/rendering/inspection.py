"""What a reader's browser would run, load or misread in a piece of HTML, found by real parsers."""

import html
import re
from html.parser import HTMLParser

from bearblog.engines.rendering import cleaning, policy

HARMLESS_SCHEMES = {
    "",
    "ftp",
    "gemini",
    "geo",
    "http",
    "https",
    "irc",
    "ircs",
    "magnet",
    "mailto",
    "sms",
    "tel",
    "xmpp",
}
ADDRESSES = {
    "action",
    "background",
    "cite",
    "data",
    "formaction",
    "href",
    "ping",
    "poster",
    "src",
    "xlink:href",
}
FORBIDDEN_NAMES = """
    animate annotation-xml applet area base body button embed form frame frameset head html input link maction
    meta mglyph noscript object option param script select set style svg template textarea title use xmp
"""
FORBIDDEN = set(FORBIDDEN_NAMES.split())
VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
VOID = set(VOID_NAMES.split())


class Inspector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.dangers: list[str] = []
        self.stack: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN:
            self.dangers.append(f"<{tag}>")
        if tag not in VOID:
            self.stack.append(tag)
        for name, value in attributes:
            self.ids += [value or ""] if name == "id" else []
            self.inspect_attribute(tag, name, value or "")
        if tag == "iframe" and dict(attributes).get("sandbox") != policy.FRAME_SANDBOX:
            self.dangers.append("free frame")

    def inspect_attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on") or name in ("style", "srcdoc", "formaction", "name", "autofocus"):
            self.dangers.append(f"{name}={value}")
        if name in ADDRESSES and scheme_of(value) not in HARMLESS_SCHEMES:
            self.dangers.append(f"{name}={value}")
        if name == "srcset" and any(scheme_of(part) not in HARMLESS_SCHEMES for part in value.split(",")):
            self.dangers.append(f"{name}={value}")
        host = re.match(r"https://([^/?#]*)", value)
        if tag == "iframe" and name == "src" and (not host or host[1] not in policy.frame_hosts()):
            self.dangers.append(f"frame of {value}")

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.dangers.append(f"stray </{tag}>")

    def handle_comment(self, data: str) -> None:
        self.dangers.append("comment")


def scheme_of(address: str) -> str:
    bare = re.sub("[\x00-\x20\x7f-\x9f]", "", address)
    match = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", bare)
    return match[1].lower() if match else ""


def dangers(markup: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(markup)
    inspector.close()
    return inspector.dangers + [f"open <{tag}>" for tag in inspector.stack]


def ids(markup: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(markup)
    return inspector.ids


def is_what_browsers_read(markup: str) -> bool:
    """Whether the HTML parser of the browsers reads it just as it stands, mending nothing."""
    return _alike(cleaning.balance(markup)) == _alike(markup)


def _alike(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(markup).replace("\u00a0", " "))
