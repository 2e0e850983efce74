"""Custom domains: how one is written, and which can be given to a blog."""

from django.conf import settings

from bearblog.domain.blogs.errors import BlogError
from bearblog.lib import hostnames

FIELD = "custom_domain"


def normal(typed: str) -> str:
    """The domain as it is stored: the host name of what was typed or pasted. Raises BlogError."""
    text = typed.strip().lower().removeprefix("https://").removeprefix("http://")
    host, _, path = text.partition("/")
    if path:
        raise BlogError(f"A domain has no path: type “{host}” without “/{path}”.", FIELD)
    name, colon, port = host.partition(":")
    if colon and port.isdigit():
        raise BlogError(f"A domain has no port: type “{name}” without “:{port}”.", FIELD)
    host = host.removesuffix(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise BlogError(f"“{host}” is not a domain name.", FIELD) from error


def without_www(host: str) -> str:
    """The host without a leading "www."; both spellings lead to the same blog."""
    shorter = host.removeprefix("www.")
    return shorter if hostnames.is_hostname(shorter) else host


def spellings(domain: str) -> tuple[str, str]:
    """Both hosts at which a blog with this domain answers."""
    bare = without_www(domain)
    return bare, f"www.{bare}"


def check(domain: str) -> None:
    """Raises BlogError unless the domain, in its normal form, can belong to a blog."""
    bare = without_www(domain)
    if not hostnames.is_hostname(f"www.{bare}") or not hostnames.is_hostname(domain):
        raise BlogError(f"“{domain}” is not a domain name such as example.org.", FIELD)
    if bare.rsplit(".", 1)[1].isdigit():
        raise BlogError(
            "A domain is a name, not a number: an address such as 192.0.2.1 cannot be used.", FIELD
        )
    for own in (settings.MAIN_HOST, settings.BLOGS_DOMAIN):
        if bare == own or bare.endswith(f".{own}"):
            raise BlogError(
                f"“{domain}” belongs to this site. Change the blog's name to have another address here.",
                FIELD,
            )
