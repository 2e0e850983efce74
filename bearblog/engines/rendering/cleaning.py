"""The allow-list that all HTML of authors goes through before a browser sees it."""

import re

import nh3

# Deeper than any page is meant to be. The HTML parser takes quadratic time over unclosed elements.
MAX_DEPTH = 200

_TAG_NAMES = """
    a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup data dd del
    details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li
    mark nav ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup table
    tbody td tfoot th thead time tr u ul var video wbr
"""
_TAGS = frozenset(_TAG_NAMES.split())
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "hreflang"},
    "audio": {"controls", "loop", "muted", "preload", "src"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"alt", "height", "loading", "sizes", "src", "srcset", "width"},
    "ins": {"cite", "datetime"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "source": {"height", "media", "sizes", "src", "srcset", "type", "width"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
    "video": {"controls", "height", "loop", "muted", "playsinline", "poster", "preload", "src", "width"},
}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes={
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
    },
    link_rel=None,
)

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
# These end by themselves, so that a thousand unclosed ones do not stand inside each other.
_SELF_ENDING_NAMES = """
    area base br col colgroup dd dt embed hr img input li link meta option p param rp rt source tbody td
    tfoot th thead tr track wbr
"""
_SELF_ENDING = frozenset(_SELF_ENDING_NAMES.split())


def clean(html: str) -> str:
    """The HTML with nothing in it that runs, loads a page into the page, or styles beyond the class names."""
    return _CLEANER.clean(html)


def is_too_deep(html: str) -> bool:
    """Whether more elements are open inside each other than any page is meant to have."""
    open_elements: dict[str, int] = {}
    depth = 0
    for ends, name in _TAG.findall(html):
        name = name.lower()
        if name in _SELF_ENDING:
            continue
        count = open_elements.get(name, 0)
        step = -1 if ends else 1
        if count + step >= 0:
            open_elements[name] = count + step
            depth += step
        if depth > MAX_DEPTH:
            return True
    return False
