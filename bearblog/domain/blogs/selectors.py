"""Questions about blogs."""

from django.conf import settings
from django.db.models import Q

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import domains
from bearblog.domain.blogs.models import Blog, BlogQuerySet, Membership
from bearblog.domain.blogs.roles import Role
from bearblog.lib import hostnames


def blogs_of(user: User) -> BlogQuerySet:
    """The person's own blogs by title."""
    return Blog.objects.filter(owner=user)


def blogs_with(user: User) -> BlogQuerySet:
    """The blogs on which the person may write, their own and others', by title."""
    member = Membership.objects.filter(user=user, accepted_at__isnull=False)
    return Blog.objects.filter(Q(owner=user) | Q(pk__in=member.values("blog")))


def find_blog_of(user: User, subdomain: str) -> Blog | None:
    """The person's own blog of this name, or None."""
    return blogs_of(user).filter(subdomain=subdomain).first()


def find_blog_with(user: User, subdomain: str) -> tuple[Blog, Role] | None:
    """The blog of this name and what the person may do there, or None where that is nothing."""
    blog = Blog.objects.select_related("owner").filter(subdomain=subdomain).first()
    role = role_on(blog, user) if blog else None
    return (blog, role) if blog and role else None


def role_on(blog: Blog, user: User) -> Role | None:
    """What the person may do on the blog, or None."""
    if blog.owner_id == user.pk:
        return Role.OWNER
    found = Membership.objects.filter(blog=blog, user=user, accepted_at__isnull=False).first()
    return Role[found.role.upper()] if found else None


def find_blog_by_host(host: str) -> Blog | None:
    """The visible blog that answers at this host name, with its owner, or None."""
    where = _at(host)
    return Blog.objects.visible().select_related("owner").filter(where).first() if where else None


def is_host_in_use(host: str) -> bool:
    """Whether any blog, visible or not, answers at this host name."""
    where = _at(host)
    return where is not None and Blog.objects.filter(where).exists()


def hosts_of(blog: Blog) -> set[str]:
    """Every host name at which the blog answers."""
    return _hosts(blog.subdomain, blog.custom_domain)


def all_hosts() -> set[str]:
    """Every host name at which a blog of this box answers."""
    rows = Blog.objects.values_list("subdomain", "custom_domain")
    return {host for subdomain, domain in rows.iterator() for host in _hosts(subdomain, domain)}


def is_name_taken(name: str, *, except_for: Blog | None = None) -> bool:
    """Whether another blog has this name under the blogs' domain."""
    return _others(except_for).filter(subdomain=name).exists()


def is_domain_taken(domain: str, *, except_for: Blog | None = None) -> bool:
    """Whether another blog has this custom domain, with or without "www."."""
    return _others(except_for).filter(custom_domain__in=domains.spellings(domain)).exists()


def _others(blog: Blog | None) -> BlogQuerySet:
    return Blog.objects.all() if blog is None else Blog.objects.exclude(pk=blog.pk)


def _at(host: str) -> Q | None:
    if not hostnames.is_hostname(host) or host == settings.MAIN_HOST:
        return None
    name, _, parent = host.partition(".")
    if parent == settings.BLOGS_DOMAIN:
        return Q(subdomain=name)
    return Q(custom_domain__in=domains.spellings(host))


def _hosts(subdomain: str, domain: str | None) -> set[str]:
    own = {f"{subdomain}.{settings.BLOGS_DOMAIN}"}
    return own | set(domains.spellings(domain)) if domain else own
