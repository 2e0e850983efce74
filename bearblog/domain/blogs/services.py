"""Changes to blogs. Whatever a reader can see of a change raises the blog's version with it."""

import functools
import re
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.selectors import may_write
from bearblog.domain.blogs import domains, hosts, names, selectors
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.lib import plain_text

MAX_TITLE = 200
MAX_HOME_TEXT = 1_000_000
MAX_NAV_TEXT = 20_000
DEFAULT_NAV_TEXT = "[Home](/) [Posts](/blog/)"

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def touch(blog: Blog) -> None:
    """Raises the blog's version, in the transaction of the change that readers will see."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("touch() belongs into the transaction of its change.")
    Blog.objects.filter(pk=blog.pk).update(version=F("version") + 1, updated_at=timezone.now())
    blog.refresh_from_db(fields=["version", "updated_at"])


@transaction.atomic
def create_blog(*, owner: User, title: str, subdomain: str, home_text: str = "") -> Blog:
    """A new blog of this writer; the one there is, when the same form comes twice. Raises BlogError."""
    if not may_write(owner):
        raise BlogError(
            "Your account may read and take part, and cannot have blogs. Ask whoever runs this site."
        )
    twin = selectors.find_blog_of(owner, names.normal(subdomain))
    if twin is not None and twin.title == _title(title):
        return twin
    if selectors.blogs_of(owner).count() >= settings.BLOGS_PER_USER:
        raise BlogError(
            f"You have {settings.BLOGS_PER_USER} blogs, which is as many as one person can have here."
        )
    blog = Blog(
        owner=owner,
        title=_title(title),
        subdomain=_free_name(subdomain),
        home_text=_text(home_text, "home_text", MAX_HOME_TEXT),
        nav_text=DEFAULT_NAV_TEXT,
        # Where anybody may sign up, staff look at a blog before the main site points at it.
        is_reviewed=settings.SIGNUP != "open" or owner.is_staff,
    )
    blog.save(force_insert=True)
    touch(blog)
    _settle_on_commit(selectors.hosts_of(blog))
    return blog


@transaction.atomic
def update_blog(*, blog: Blog, title: str, home_text: str, nav_text: str, language: str) -> Blog:
    """The blog with new texts. Raises BlogError."""
    fields = {
        "title": _title(title),
        "home_text": _text(home_text, "home_text", MAX_HOME_TEXT),
        "nav_text": _text(nav_text, "nav_text", MAX_NAV_TEXT),
        "language": _language(language),
    }
    for name, value in fields.items():
        setattr(blog, name, value)
    blog.save(update_fields=list(fields))
    touch(blog)
    return blog


@transaction.atomic
def rename_blog(*, blog: Blog, subdomain: str) -> Blog:
    """The blog under another name. Raises BlogError."""
    before = selectors.hosts_of(blog)
    blog.subdomain = _free_name(subdomain, blog)
    blog.save(update_fields=["subdomain"])
    touch(blog)
    _settle_on_commit(before | selectors.hosts_of(blog))
    return blog


@transaction.atomic
def set_custom_domain(*, blog: Blog, domain: str | None) -> Blog:
    """The blog with this domain of its own, or without one (None or empty). Raises BlogError."""
    before = selectors.hosts_of(blog)
    blog.custom_domain = _free_domain(domain or "", blog)
    blog.save(update_fields=["custom_domain"])
    touch(blog)
    _settle_on_commit(before | selectors.hosts_of(blog))
    return blog


@transaction.atomic
def delete_blog(*, blog: Blog) -> None:
    """Removes the blog with all its posts, and lets go of its names."""
    before = selectors.hosts_of(blog)
    touch(blog)
    blog.delete()
    _settle_on_commit(before)


def _settle_on_commit(changed: Iterable[str]) -> None:
    # The change stands even where the folder cannot be written; a start rebuilds it.
    transaction.on_commit(functools.partial(hosts.settle, changed), robust=True)


def _title(typed: str) -> str:
    title = plain_text.one_line(typed)
    if not title:
        raise BlogError("Give the blog a title.", "title")
    if len(title) > MAX_TITLE:
        raise BlogError(f"The title has {len(title)} characters; it can have at most {MAX_TITLE}.", "title")
    return title


def _text(typed: str, field: str, most: int) -> str:
    text = plain_text.tidy(typed)
    if len(text) > most:
        raise BlogError(f"This text has {len(text):,} characters; it can have at most {most:,}.", field)
    return text


def _language(typed: str) -> str:
    language = typed.strip()
    if len(language) > 35 or not _LANGUAGE.fullmatch(language):
        raise BlogError(f"“{language}” is not a language code such as en, de or pt-BR.", "language")
    return language


def _free_name(typed: str, blog: Blog | None = None) -> str:
    name = names.normal(typed)
    names.check(name)
    is_main_host = f"{name}.{settings.BLOGS_DOMAIN}" == settings.MAIN_HOST
    if is_main_host or selectors.is_name_taken(name, except_for=blog):
        raise BlogError(f"The name “{name}” is taken. Choose another.", "subdomain")
    return name


def _free_domain(typed: str, blog: Blog) -> str | None:
    domain = domains.normal(typed)
    if not domain:
        return None
    domains.check(domain)
    if selectors.is_domain_taken(domain, except_for=blog):
        raise BlogError(f"Another blog here has the domain “{domain}” already.", domains.FIELD)
    return domain
