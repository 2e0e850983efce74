"""What the editor can open: the texts of the blog itself, each by the same few questions and one save."""

import hashlib
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import header as home_header
from bearblog.domain.blogs import texts
from bearblog.domain.blogs.addresses import blog_url
from bearblog.domain.blogs.models import Blog
from bearblog.lib import plain_text

_ON_EVERY_PAGE = (texts.NAV, texts.FOOTER)


@dataclass(frozen=True)
class Typed:
    """What came from the editor: the words, and the button that was pressed."""

    header: str
    text: str
    wish: str


class Sheet(ABC):
    """One text with the lines above it, as it is stored."""

    template = "studio/editor.html"
    here: str
    heading: str
    subject: str
    address: str
    text: str
    has_header = False
    is_stored = True
    is_opened_as_new = False

    def __init__(self, blog: Blog) -> None:
        self.blog = blog

    @property
    def header(self) -> str:
        """The lines above the text; none where the sheet has no header."""
        return ""

    @property
    def fingerprint(self) -> str:
        """A short name of what the sheet says; another text has another."""
        return hashlib.sha256(f"{self.header}\0{self.text}".encode()).hexdigest()[:24]

    def says(self, header: str, text: str) -> bool:
        """Whether the sheet says just this."""
        return (self.header, self.text) == (plain_text.tidy(header), plain_text.tidy(text))

    def joined(self, header: str | None = None, text: str | None = None) -> str:
        """Header and text in one, as the sheet says them or as given, for comparing."""
        parts = [self.header if header is None else header, self.text if text is None else text]
        return "\n\n".join(part for part in parts if part)

    @abstractmethod
    def reload(self) -> None:
        """Reads anew what is stored."""

    @abstractmethod
    def store(self, typed: Typed, *, by: User) -> str:
        """Stores what was typed; a sentence for whoever did it. Raises the domain's refusals."""

    @abstractmethod
    def links(self) -> dict[str, object]:
        """What the page says of the sheet, and where its buttons lead."""


@dataclass(frozen=True)
class Part:
    """What one of the blog's own texts is called, and what the editor says of it."""

    name: str
    heading: str
    label: str
    help: str
    sentence: str


class PartSheet(Sheet):
    """One of the texts of the blog itself: home page, navigation, footer, template of posts."""

    PARTS: ClassVar = {
        part.name: part
        for part in (
            Part(
                texts.HOME,
                "Home page",
                "Text",
                "Without a text the home page lists your posts.",
                "The home page is saved.",
            ),
            Part(
                texts.NAV,
                "Navigation",
                "Links on every page",
                "Markdown, such as [Home](/) [Posts](/blog/).",
                "The navigation is saved.",
            ),
            Part(
                texts.FOOTER,
                "Footer",
                "Text at the end of every page",
                "Markdown, as in a post.",
                "The footer is saved.",
            ),
            Part(
                texts.TEMPLATE,
                "Template of new posts",
                "Template",
                "Header lines first, then a line of three underscores (___), then the text. "
                "Every new post and page begins with it.",
                "The template is saved. New posts and pages begin with it.",
            ),
        )
    }

    def __init__(self, blog: Blog, name: str) -> None:
        super().__init__(blog)
        self.part = self.PARTS[name]
        self.subject = name
        self.heading = self.part.heading
        self.here = {texts.TEMPLATE: "posts", texts.FOOTER: texts.NAV}.get(name, name)
        self.address = reverse(f"studio:{name}", args=[blog.subdomain])
        self.has_header = name == texts.HOME
        self._describe()

    def reload(self) -> None:
        self.blog.refresh_from_db()
        self._describe()

    def store(self, typed: Typed, *, by: User) -> str:
        if self.subject == texts.HOME:
            texts.save_home(blog=self.blog, by=by, header=typed.header, text=typed.text)
        else:
            save = {
                texts.NAV: texts.save_nav,
                texts.FOOTER: texts.save_footer,
                texts.TEMPLATE: texts.save_template,
            }[self.subject]
            save(blog=self.blog, by=by, text=typed.text)
        self._describe()
        return self.part.sentence

    @property
    def header(self) -> str:
        return home_header.write(self.blog) if self.has_header else ""

    def _describe(self) -> None:
        self.text = {
            texts.HOME: self.blog.home_text,
            texts.NAV: self.blog.nav_text,
            texts.FOOTER: self.blog.footer_text,
            texts.TEMPLATE: self.blog.post_template,
        }[self.subject]

    def links(self) -> dict[str, object]:
        sub = self.blog.subdomain
        is_template = self.subject == texts.TEMPLATE
        return {
            "text_label": self.part.label,
            "help": self.part.help,
            "back": reverse("studio:posts", args=[sub]) if is_template else "",
            "view_url": "" if is_template else blog_url(self.blog),
            "revisions_url": reverse(f"studio:{self.subject}_revisions", args=[sub]),
            "has_preview": not is_template,
            "is_short": self.subject in _ON_EVERY_PAGE,
            "choices": [
                (self.PARTS[name].heading, reverse(f"studio:{name}", args=[sub]), name == self.subject)
                for name in _ON_EVERY_PAGE
                if self.subject in _ON_EVERY_PAGE
            ],
        }
