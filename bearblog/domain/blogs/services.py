"""Changes to blogs. Whatever a reader can see of a change raises the blog's version with it."""

from collections.abc import Collection, Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.expressions import Combinable
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.selectors import may_write
from bearblog.domain.blogs import domains, hosts, names, selectors, stored_pages
from bearblog.domain.blogs.checks import MAX_HOME_TEXT, check_text, check_title
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog, FormerName

MAX_FORMER_NAMES = 10
DEFAULT_NAV_TEXT = "[Home](/) [Posts](/blog/)"


def touch(blog: Blog) -> None:
    """Raises the blog's version, in the transaction of the change that readers will see."""
    _raise_version(blog, version=F("version") + 1)
    _settle_pages_on_commit(blog)


def withdraw(blog: Blog, *, left: Collection[str] = frozenset()) -> None:
    """Raises the blog's version as `touch` does, for a change that takes something away from readers.

    No copy of what was there is shown from here on, not even while the application is down; at the hosts
    that the blog has left, nothing is. Raises OSError.
    """
    _raise_version(blog, version=F("version") + 1, withdrawn_version=F("version") + 1)
    stored_pages.hide_last_copies(blog, left)
    _settle_pages_on_commit(blog, left)


def forget_main_pages() -> None:
    """Has the main site's pages made anew at once, for a change that must not wait for the next minute."""
    transaction.on_commit(stored_pages.forget_main, robust=True)


@transaction.atomic
def change(blog: Blog, **fields: object) -> Blog:
    """The blog with these fields and no other stored, and its version raised."""
    _store(blog, **fields)
    touch(blog)
    return blog


@transaction.atomic
def create_blog(*, owner: User, title: str, subdomain: str, home_text: str = "") -> Blog:
    """A new blog of this writer; the one there is, when the same form comes twice. Raises BlogError."""
    if not may_write(owner):
        raise BlogError(
            "Your account may read and take part, and cannot have blogs. Ask whoever runs this site."
        )
    twin = selectors.find_blog_of(owner, names.normal(subdomain))
    if twin is not None and twin.title == check_title(title):
        return twin
    if selectors.blogs_of(owner).count() >= settings.BLOGS_PER_USER:
        raise BlogError(
            f"You have {settings.BLOGS_PER_USER} blogs, which is as many as one person can have here."
        )
    blog = Blog(
        owner=owner,
        title=check_title(title),
        subdomain=_free_name(subdomain),
        home_text=check_text(home_text, "home_text", MAX_HOME_TEXT),
        nav_text=DEFAULT_NAV_TEXT,
        # Where anybody may sign up, staff look at a blog before the main site points at it.
        is_reviewed=settings.SIGNUP != "open" or owner.is_staff,
    )
    blog.save(force_insert=True)
    touch(blog)
    _settle_hosts_on_commit(selectors.hosts_of(blog))
    return blog


@transaction.atomic
def rename_blog(*, blog: Blog, subdomain: str) -> Blog:
    """The blog under another name; the name it had stays its own and leads here. Raises BlogError."""
    name, old = _free_name(subdomain, blog), blog.subdomain
    if name == old:
        return blog
    FormerName.objects.filter(blog=blog, subdomain=name).delete()
    if FormerName.objects.filter(blog=blog).count() >= MAX_FORMER_NAMES:
        raise BlogError(
            f"This blog has had {MAX_FORMER_NAMES} names before this one, and keeps them all; "
            "it can go back to one of them, and takes no further one.",
            "subdomain",
        )
    _store(blog, subdomain=name)
    FormerName.objects.create(blog=blog, subdomain=old)
    # What was its own name only leads on from now on.
    withdraw(blog, left=selectors.hosts_of(blog))
    _settle_hosts_on_commit(selectors.hosts_of(blog))
    return blog


@transaction.atomic
def set_custom_domain(*, blog: Blog, domain: str | None) -> Blog:
    """The blog with this domain of its own, or without one (None or empty). Raises BlogError.

    A certificate is allowed from here on, so callers have seen proof that the domain is the author's.
    """
    before, wanted = selectors.hosts_of(blog), _free_domain(domain or "", blog)
    if wanted != blog.custom_domain:
        _store(blog, custom_domain=wanted, domain_answers=False)
        withdraw(blog, left=before)
        _settle_hosts_on_commit(before | selectors.hosts_of(blog))
    return blog


@transaction.atomic
def set_domain_answers(*, blog: Blog, answers: bool) -> Blog:
    """The blog, its readers sent to the custom domain from now on, or no longer."""
    _store(blog, domain_answers=answers)
    withdraw(blog)
    return blog


@transaction.atomic
def delete_blog(*, blog: Blog) -> None:
    """Removes the blog with all its posts, and lets go of all its names."""
    before = selectors.hosts_of(blog)
    withdraw(blog, left=before)
    blog.delete()
    _settle_hosts_on_commit(before)


def _store(blog: Blog, **fields: object) -> None:
    for name, value in fields.items():
        setattr(blog, name, value)
    # Never the whole row: another tab, the staff or the worker may have changed the rest meanwhile.
    blog.save(update_fields=list(fields))


def _raise_version(blog: Blog, **raised: Combinable) -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A version is raised in the transaction of its change.")
    Blog.objects.filter(pk=blog.pk).update(**raised, updated_at=timezone.now())
    blog.refresh_from_db(fields=[*raised, "updated_at"])


def _settle_pages_on_commit(blog: Blog, left: Collection[str] = frozenset()) -> None:
    pk = blog.pk
    # The change stands even where the links cannot be swung; the worker's clock heals them.
    # (Not a functools.partial: Django wants the name of a hook that fails, and those have none.)
    transaction.on_commit(lambda: stored_pages.settle(pk, left), robust=True)


def _settle_hosts_on_commit(changed: Iterable[str]) -> None:
    # The change stands even where the folder cannot be written; a start rebuilds it.
    transaction.on_commit(lambda: hosts.settle(changed), robust=True)


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
