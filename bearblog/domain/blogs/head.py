"""What an author may put into the head of the blog's pages: descriptions of it, never something that acts."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.utils.html import format_html, format_html_join

from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.lib import plain_text

MAX_HEAD = 10_000
MAX_META_TAG = 500

_RELATION_WORDS = """
    alternate apple-touch-icon author authorization_endpoint help hub icon indieauth-metadata license me
    micropub next payment pgpkey pingback prev privacy-policy related search self terms-of-service
    token_endpoint webmention
"""
_RELATIONS = frozenset(_RELATION_WORDS.split())
_LINK_ATTRIBUTES = frozenset({"href", "hreflang", "media", "rel", "sizes", "title", "type"})
_META_NAMES = ("name", "property", "itemprop")

Attributes = list[tuple[str, str | None]]


@dataclass
class _Head:
    """The elements that may stand, as HTML made anew, and a sentence for each thing that may not."""

    elements: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class _HeadParser(HTMLParser):
    """Takes what is on the list and says what is not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.head = _Head()
        self._refused = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        judge = {"meta": _meta_problem, "link": _link_problem}.get(tag)
        if judge is None:
            self.head.problems.append(f"<{tag}> cannot stand here; <meta> and <link> can.")
            self._refused = self._refused or tag
        elif problem := judge(dict(attrs)):
            self.head.problems.append(problem)
        else:
            self.head.elements.append(_element(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._refused:
            self._refused = ""

    def handle_data(self, data: str) -> None:
        words = plain_text.one_line(data)
        if words and not self._refused:
            self.head.problems.append(f"“{words[:40]}” stands outside of any <meta> or <link>.")

    def handle_decl(self, decl: str) -> None:
        self.head.problems.append("A doctype cannot stand here.")


def head_html(blog: Blog) -> str:
    """The blog's own lines for the head of its pages, safe to print: all of them where staff trust it."""
    return blog.head_html if blog.is_trusted else "\n".join(_read(blog.head_html).elements)


def meta_tag_html(blog: Blog) -> str:
    """The blog's one custom meta element, safe to print, or an empty text."""
    return "\n".join(_read(blog.meta_tag).elements[:1])


def check_head(typed: str, *, is_trusted: bool) -> str:
    """The lines for the head as they are stored. Raises BlogError that names all that cannot stand."""
    text = plain_text.tidy(typed).strip()
    if len(text) > MAX_HEAD:
        raise BlogError(
            f"These lines have {len(text):,} characters; they can have at most {MAX_HEAD:,}.", "head_html"
        )
    problems = [] if is_trusted else _read(text).problems
    if problems:
        raise BlogError(" ".join(dict.fromkeys(problems)), "head_html")
    return text


def check_meta_tag(typed: str) -> str:
    """The one meta element as it is stored, or an empty text. Raises BlogError."""
    text = plain_text.one_line(typed)
    if len(text) > MAX_META_TAG:
        raise BlogError(f"A meta tag can have at most {MAX_META_TAG} characters.", "meta_tag")
    head = _read(text)
    if head.problems:
        raise BlogError(" ".join(dict.fromkeys(head.problems)), "meta_tag")
    if text and (len(head.elements) != 1 or not head.elements[0].startswith("<meta")):
        raise BlogError(
            'Exactly one tag can stand here, such as <meta name="author" content="Ann">.', "meta_tag"
        )
    return head.elements[0] if text else ""


def _read(text: str) -> _Head:
    parser = _HeadParser()
    parser.feed(text)
    parser.close()
    return parser.head


def _meta_problem(attributes: dict[str, str | None]) -> str:
    if "http-equiv" in attributes:
        return "A <meta http-equiv> could lead readers away from the page, so it cannot stand here."
    if (attributes.get("name") or "").strip().lower() == "referrer":
        return "A <meta name=referrer> could tell other sites what is read here, so it cannot stand here."
    if strange := set(attributes) - {*_META_NAMES, "content"}:
        return f"A <meta> here has a name or property and its content, but no “{min(strange)}”."
    if not any(attributes.get(name) for name in _META_NAMES) or attributes.get("content") is None:
        return "A <meta> needs a name (or property) and its content."
    return ""


def _link_problem(attributes: dict[str, str | None]) -> str:
    if strange := set(attributes) - _LINK_ATTRIBUTES:
        return f"A <link> here cannot have “{min(strange)}”."
    relations = (attributes.get("rel") or "").lower().split()
    if not relations:
        return "A <link> needs to say what it is, such as rel=me."
    if unknown := [relation for relation in relations if relation not in _RELATIONS]:
        return f"A <link rel={unknown[0]}> cannot stand here; rel=me, alternate, license or webmention can."
    if not _is_safe_address(attributes.get("href") or ""):
        return "The href of a <link> starts with https:// (mailto: for rel=me), or is a path on the blog."
    return ""


def _is_safe_address(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    if parts.scheme in ("https", "mailto"):
        return bool(parts.netloc or parts.path)
    # Browsers take a backslash for a slash, and two of them for another host.
    return not parts.scheme and not parts.netloc and "\\" not in href and bool(href.strip())


def _element(tag: str, attributes: Attributes) -> str:
    seen = dict(reversed(attributes))
    written = format_html_join("", ' {}="{}"', [(name, seen[name] or "") for name in dict(attributes)])
    return format_html("<{}{}>", tag, written)
