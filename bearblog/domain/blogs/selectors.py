"""Questions about blogs."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.selectors import hash_token
from bearblog.domain.blogs import domains
from bearblog.domain.blogs.models import Blog, BlogQuerySet, DomainClaim, FormerName, Membership
from bearblog.domain.blogs.roles import Role
from bearblog.engines.pagecache.layout import Site
from bearblog.lib import hostnames

INVITATION_LIFETIME = timedelta(days=14)

# As BlogQuerySet.visible has it, and written down: each page asks this, and to put a question for 42 columns
# together takes Django longer than it takes SQLite to answer it.
_VISIBLE = """
    SELECT blogs_blog.* FROM blogs_blog JOIN accounts_user ON accounts_user.id = blogs_blog.owner_id
    WHERE blogs_blog.{where} AND accounts_user.is_active AND NOT blogs_blog.is_blocked
"""
_NAMED_SO, _AT_DOMAIN = (
    _VISIBLE.format(where=where) for where in ("subdomain = %s", "custom_domain IN (%s, %s)")
)


def blogs_of(user: User) -> BlogQuerySet:
    """The person's own blogs by title."""
    return Blog.objects.filter(owner=user)


def blogs_with(user: User) -> BlogQuerySet:
    """The blogs on which the person may write, their own and others', by title."""
    member = Membership.objects.filter(user=user, accepted_at__isnull=False)
    return Blog.objects.filter(Q(owner=user) | Q(pk__in=member.values("blog")))


def blogs_with_roles(user: User) -> list[tuple[Blog, Role]]:
    """The blogs on which the person may write, by title, each with what they may do there."""
    places = Membership.objects.filter(user=user, accepted_at__isnull=False).values_list("blog", "role")
    roles = {blog: Role[role.upper()] for blog, role in places}
    return [(blog, Role.OWNER if blog.owner_id == user.pk else roles[blog.pk]) for blog in blogs_with(user)]


def find_blog_of(user: User, subdomain: str) -> Blog | None:
    """The person's own blog of this name, or None."""
    return blogs_of(user).filter(subdomain=subdomain).first()


def find_blog_by_name(subdomain: str) -> Blog | None:
    """The blog that has this name, or had it once, with its owner, or None."""
    return Blog.objects.select_related("owner").filter(_named(subdomain)).first()


def find_blog_with(user: User, subdomain: str) -> tuple[Blog, Role] | None:
    """The blog of this name, or once of it, and what the person may do there; None where that is nothing."""
    blog = find_blog_by_name(subdomain)
    role = role_on(blog, user) if blog else None
    return (blog, role) if blog and role else None


def role_on(blog: Blog, user: User) -> Role | None:
    """What the person may do on the blog, or None."""
    if blog.owner_id == user.pk:
        return Role.OWNER
    found = Membership.objects.filter(blog=blog, user=user, accepted_at__isnull=False).first()
    return Role[found.role.upper()] if found else None


def find_blog_by_host(host: str) -> Blog | None:
    """The visible blog that answers at this host name, or None."""
    name, _, parent = host.partition(".")
    if not _may_be_blog(host):
        return None
    if parent != settings.BLOGS_DOMAIN:
        return next(iter(Blog.objects.raw(_AT_DOMAIN, domains.spellings(host))), None)
    today = next(iter(Blog.objects.raw(_NAMED_SO, [name])), None)
    # Asked only then: hardly anybody comes by a former name.
    return today or Blog.objects.visible().filter(_named(name)).first()


def is_host_in_use(host: str) -> bool:
    """Whether any blog, visible or not, answers at this host name."""
    where = _at(host)
    return where is not None and Blog.objects.filter(where).exists()


def hosts_of(blog: Blog) -> set[str]:
    """Every host name at which the blog answers, those of its former names among them."""
    former = blog.former_names.values_list("subdomain", flat=True)
    return _hosts(blog.subdomain, blog.custom_domain).union(*(_hosts(name, None) for name in former))


def find_site(pk: int) -> Site | None:
    """What readers should see of the blog with this number, or None."""
    return next(_sites(Blog.objects.filter(pk=pk)), None)


def sites(changed_since: datetime | None = None) -> Iterator[Site]:
    """What readers should see of each blog, or of those that changed since."""
    blogs = Blog.objects.all()
    return _sites(blogs.filter(updated_at__gte=changed_since) if changed_since else blogs)


def count_blogs() -> int:
    """How many blogs there are."""
    return Blog.objects.count()


def some_visible(count: int) -> list[Blog]:
    """So many of the visible blogs, by chance."""
    return list(Blog.objects.visible().order_by("?")[:count])


def page_hosts() -> set[str]:
    """Every host name at which a blog of this box has pages."""
    rows = Blog.objects.values_list("subdomain", "custom_domain")
    return {host for subdomain, domain in rows.iterator() for host in _hosts(subdomain, domain)}


def all_hosts() -> set[str]:
    """Every host name at which a blog of this box answers; those of former names only lead on."""
    former = FormerName.objects.values_list("subdomain", flat=True)
    return page_hosts().union(*(_hosts(name, None) for name in former.iterator()))


def is_name_taken(name: str, *, except_for: Blog | None = None) -> bool:
    """Whether another blog has this name under the blogs' domain, or had it once."""
    return _others(except_for).filter(_named(name)).exists()


def is_domain_taken(domain: str, *, except_for: Blog | None = None) -> bool:
    """Whether another blog has this custom domain, with or without "www."."""
    return _others(except_for).filter(custom_domain__in=domains.spellings(domain)).exists()


def find_claim(blog: Blog) -> DomainClaim | None:
    """The blog's claim to a domain, or None."""
    return DomainClaim.objects.filter(blog=blog).first()


def memberships_of(blog: Blog) -> list[Membership]:
    """The people with a place on the blog, the invited among them, by address."""
    return list(Membership.objects.filter(blog=blog).select_related("user"))


def find_membership(token: str) -> Membership | None:
    """The open invitation to a blog that this token belongs to, with its blog, or None."""
    since = timezone.now() - INVITATION_LIFETIME
    waiting = Membership.objects.filter(accepted_at__isnull=True, invited_at__gt=since)
    return waiting.select_related("blog__owner").filter(token_hash=hash_token(token)).first()


def _sites(blogs: BlogQuerySet) -> Iterator[Site]:
    rows = blogs.order_by().values_list("pk", "version", "withdrawn_version", "subdomain", "custom_domain")
    for pk, version, withdrawn, subdomain, domain in rows.iterator():
        yield Site(str(pk), version, withdrawn, frozenset(_hosts(subdomain, domain)))


def _others(blog: Blog | None) -> BlogQuerySet:
    return Blog.objects.all() if blog is None else Blog.objects.exclude(pk=blog.pk)


def _at(host: str) -> Q | None:
    name, _, parent = host.partition(".")
    if not _may_be_blog(host):
        return None
    return _named(name) if parent == settings.BLOGS_DOMAIN else Q(custom_domain__in=domains.spellings(host))


def _may_be_blog(host: str) -> bool:
    return hostnames.is_hostname(host) and host != settings.MAIN_HOST


def _named(name: str) -> Q:
    return Q(subdomain=name) | Q(pk__in=FormerName.objects.filter(subdomain=name).values("blog"))


def _hosts(subdomain: str, domain: str | None) -> set[str]:
    own = {f"{subdomain}.{settings.BLOGS_DOMAIN}"}
    return own | set(domains.spellings(domain)) if domain else own
