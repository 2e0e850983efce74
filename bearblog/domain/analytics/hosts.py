"""Which blogs answer at the hosts that a log names."""

from collections.abc import Collection

from django.conf import settings

from bearblog.domain.blogs import domains
from bearblog.domain.blogs.models import Blog, FormerName
from bearblog.lib import hostnames

_FIELDS = ("subdomain", "custom_domain", "collects_analytics", "blog_path", "feed_alias")


def blogs_at(hosts: Collection[str]) -> dict[str, Blog]:
    """The visible blog at each of the hosts that has one. Hosts may have a port and a final dot."""
    normal = {host: hostnames.strip_port(host).removesuffix(".") for host in hosts}
    known = {host for host in normal.values() if hostnames.is_hostname(host) and host != settings.MAIN_HOST}
    labels = {host: _label(host) for host in known}
    named = _blogs_named({label for label in labels.values() if label})
    at_domains = _blogs_at_domains({host for host, label in labels.items() if not label})
    found = {host: named.get(label) if label else at_domains.get(host) for host, label in labels.items()}
    return {sent: blog for sent, host in normal.items() if (blog := found.get(host))}


def _label(host: str) -> str:
    """The name under the blogs' domain; an empty text for a host elsewhere."""
    name, _, parent = host.partition(".")
    return name if parent == settings.BLOGS_DOMAIN else ""


def _blogs_named(names: Collection[str]) -> dict[str, Blog]:
    blogs = Blog.objects.visible().only(*_FIELDS).order_by()
    former = FormerName.objects.filter(subdomain__in=names).values_list("subdomain", "blog_id")
    by_pk = blogs.in_bulk([pk for _, pk in former])
    present = {blog.subdomain: blog for blog in blogs.filter(subdomain__in=names)}
    return {name: by_pk[pk] for name, pk in former if pk in by_pk} | present


def _blogs_at_domains(hosts: Collection[str]) -> dict[str, Blog]:
    spellings = {spelling for host in hosts for spelling in domains.spellings(host)}
    blogs = Blog.objects.visible().only(*_FIELDS).order_by().filter(custom_domain__in=spellings)
    return {spelling: blog for blog in blogs for spelling in domains.spellings(blog.custom_domain or "")}
