"""Links inside rendered HTML, for places that are not its page."""

import html
import re
from urllib.parse import urljoin

# Those with an attribute.
_TAG = re.compile(r"<[A-Za-z][^<>=]*=[^<>]*>")
_LINK = re.compile(r'(\s(?:href|src|poster|cite)=")([^"]*)"')
_SOURCES = re.compile(r'(\ssrcset=")([^"]*)"')


def absolute(markup: str, base: str) -> str:
    """The cleaned HTML with each relative link made absolute against the base address."""

    def joined(address: str) -> str:
        try:
            return urljoin(base, address)
        except ValueError:
            return address

    def link(match: re.Match[str]) -> str:
        return f'{match[1]}{html.escape(joined(html.unescape(match[2])))}"'

    def sources(match: re.Match[str]) -> str:
        entries = (entry.split() for entry in html.unescape(match[2]).split(","))
        written = ", ".join(" ".join((joined(entry[0]), *entry[1:])) for entry in entries if entry)
        return f'{match[1]}{html.escape(written)}"'

    def tag(match: re.Match[str]) -> str:
        return _SOURCES.sub(sources, _LINK.sub(link, match[0]))

    return _TAG.sub(tag, markup)
