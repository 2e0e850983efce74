"""Links inside rendered HTML, for places that are not its page."""

import html
import re
from urllib.parse import urljoin

_LINK = re.compile(r'(<[^<>]*?\s(?:href|src|poster|cite)=")([^"]*)"')


def absolute(markup: str, base: str) -> str:
    """The cleaned HTML with each relative link made absolute against the base address."""

    def joined(match: re.Match[str]) -> str:
        try:
            address = urljoin(base, html.unescape(match[2]))
        except ValueError:
            address = html.unescape(match[2])
        return f'{match[1]}{html.escape(address)}"'

    return _LINK.sub(joined, markup)
