"""The allow-list that all HTML of authors goes through before a browser sees it."""

import html as escaping
import re

import nh3

from bearblog.engines.rendering import policy

_TAG_NAMES = """
    a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup data dd del
    details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li
    mark nav ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup table
    tbody td tfoot th thead time tr u ul var video wbr
"""
_MATH_TAG_NAMES = """
    math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace
    msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover
"""
_MATH_ATTRIBUTE_NAMES = """
    accent accentunder columnalign columnlines columnspacing depth display displaystyle fence form height
    largeop linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits
    notation rowalign rowlines rowspacing rspace scriptlevel separator stretchy symmetric voffset width
"""
# No maction, annotation or mglyph, no link: formulas are only looked at.
MATH_TAGS = frozenset(_MATH_TAG_NAMES.split())
MATH_ATTRIBUTES = frozenset(_MATH_ATTRIBUTE_NAMES.split())
_TAGS = frozenset(_TAG_NAMES.split()) | MATH_TAGS
_ATTRIBUTES = {
    **dict.fromkeys(MATH_TAGS, MATH_ATTRIBUTES),
    "*": {"aria-hidden", "aria-label", "class", "dir", "id", "lang", "role", "title"},
    "a": {"download", "href", "hreflang"},
    "audio": {"controls", "loop", "muted", "preload", "src"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"alt", "decoding", "height", "loading", "sizes", "src", "srcset", "width"},
    "ins": {"cite", "datetime"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "source": {"height", "media", "sizes", "src", "srcset", "type", "width"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
    "video": {"controls", "height", "loop", "muted", "playsinline", "poster", "preload", "src", "width"},
}
_VALUES = {
    "a": {
        "rel": {"author", "license", "me", "nofollow", "noopener", "noopener noreferrer", "noreferrer"},
        "target": {"_blank"},
    },
    "pre": {"tabindex": {"0"}},
}
_SCHEME_NAMES = "ftp gemini geo http https irc ircs magnet mailto sms tel xmpp"
_SCHEMES = set(_SCHEME_NAMES.split())
_FRAME_VALUES = {
    "allowfullscreen": "",
    "loading": "lazy",
    "referrerpolicy": policy.FRAME_REFERRER_POLICY,
    "sandbox": policy.FRAME_SANDBOX,
}


def _frame_filter(tag: str, attribute: str, value: str) -> str | None:
    if tag == "iframe" and attribute == "src":
        return policy.allowed_frame_address(value)
    return value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    tag_attribute_values=_VALUES,
    url_schemes=_SCHEMES,
    link_rel=None,
)
# One of its own, because asking Python about each attribute takes time that most texts need not spend.
_CLEANER_WITH_FRAMES = nh3.Cleaner(
    tags=_TAGS | {"iframe"},
    attributes={**_ATTRIBUTES, "iframe": {"height", "src", "width"}},
    attribute_filter=_frame_filter,
    set_tag_attribute_values={"iframe": _FRAME_VALUES},
    tag_attribute_values=_VALUES,
    url_schemes=_SCHEMES,
    link_rel=None,
)

_TAG_NAME = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")
_FRAME = re.compile(r"(<iframe\b[^<>]*)>.*?</iframe>", re.DOTALL)
_FRAME_SOURCE = re.compile(r' src="https://([^/"?#]+)')
_SOURCES = re.compile(r'(<(?:img|source)\b[^<>]*?) srcset="([^"]*)"')
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def clean(html: str) -> str:
    """The HTML with nothing in it that runs, loads a strange page, or styles beyond the class names."""
    has_frames = "<iframe" in html.lower()
    cleaner = _CLEANER_WITH_FRAMES if has_frames else _CLEANER
    # What a parser has mended may be read in another way the second time, and is then mended for good.
    cleaned = cleaner.clean(cleaner.clean(html))
    if has_frames:
        cleaned = _FRAME.sub(_framed, cleaned)
    return _SOURCES.sub(_safe_sources, cleaned) if "srcset" in cleaned else cleaned


def balance(html: str) -> str:
    """The HTML with its scripts and all, but every element closed: for authors whom staff trust."""
    names = set(_TAG_NAME.findall(html))
    cleaner = nh3.Cleaner(
        tags=(names | {name.lower() for name in names}) - {"html", "head", "body"},
        clean_content_tags=set(),
        generic_attribute_prefixes={""},
        strip_comments=False,
        url_schemes={scheme.lower() for scheme in _SCHEME.findall(html)},
        link_rel=None,
    )
    return cleaner.clean(html)


def is_safe_address(address: str) -> bool:
    """Whether the cleaner would leave the address in a link: relative, or of a scheme of the allow-list."""
    return " href=" in _CLEANER.clean(f'<a href="{escaping.escape(address)}"></a>')


def _safe_sources(match: re.Match[str]) -> str:
    sources = escaping.unescape(match[2]).split(",")
    return match[0] if all(map(is_safe_address, sources)) else match[1]


def _framed(match: re.Match[str]) -> str:
    source = _FRAME_SOURCE.search(match[1])
    if source is None:
        return ""
    title = "" if ' title="' in match[1] else f' title="{escaping.escape(source[1])}"'
    return f"{match[1]}{title}></iframe>"
