"""Which of a blog's hosts a reader should be sent on from, and where to."""

from bearblog.domain.blogs import domains
from bearblog.domain.blogs.addresses import own_host
from bearblog.domain.blogs.models import Blog

# Long enough to spare a request a page, short enough that a blog can change its mind.
SECONDS_REMEMBERED = 300

# The studio asks the blog's own host for these, and a page must find what it is made of where it stands.
_SERVED_ANYWHERE = ("/.well-known/", "/draft/", "/media/", "/preview/", "/static/", "/style/")


def destination(blog: Blog, host: str, path: str) -> str | None:
    """The host that should answer this path in the place of the one that was asked, or None for that one."""
    if path.startswith(_SERVED_ANYWHERE):
        return None
    wanted = _wanted(blog, host)
    return None if wanted == host else wanted


def _wanted(blog: Blog, host: str) -> str:
    if blog.custom_domain and blog.domain_answers:
        return blog.custom_domain
    # The other spelling of a domain that does not answer may be the one that does.
    return host if _is_of_domain(blog, host) else own_host(blog)


def _is_of_domain(blog: Blog, host: str) -> bool:
    return blog.custom_domain is not None and host in domains.spellings(blog.custom_domain)
