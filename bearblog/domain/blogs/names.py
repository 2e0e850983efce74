"""Names under the blogs' domain: how one is written, and which are kept back."""

from bearblog.domain.blogs.errors import BlogError
from bearblog.lib import hostnames

# Names that readers or programs take for the site itself, for its mail or for its staff.
_RESERVED_WORDS = """
    abuse about account accounts admin administrator api app apps assets auth autoconfig autodiscover
    backup bearblog beta billing blog blogs bot cache caddy cdn cert certs cloud confirm contact dashboard
    database db deploy dev dns docs domain domains download drop droplet email example export faq feed
    feeds files forum ftp git healthz health help home host hosting hostmaster http https images imap img
    import info internal invite invitation ipv4 ipv6 js css legal list lists litestream live local
    localhost login logout mail mailer mailserver main mcp media metrics mobile monitor mta mx news
    newsletter noc noreply ns ns1 ns2 ns3 ns4 oauth official operator ops owner pages password pop pop3
    postmaster preview privacy production proxy public readyz register relay replica root rss search
    secure security server settings shop signin signout signup site sitemap smtp spaces ssh ssl sso staff
    staging static stats status store studio subscribe support sync sysadmin system team terms test
    testing tls tracker unsubscribe upload uploads user users vpn web webdisk webmail webmaster welcome
    whois wildcard wpad ww www www1 www2 www3
"""
RESERVED = frozenset(_RESERVED_WORDS.split())


def normal(typed: str) -> str:
    """The name as it is stored: lower case, without the space around it."""
    return typed.strip().lower()


def check(name: str) -> None:
    """Raises BlogError unless the name, in its normal form, may be given to a blog."""
    if not name:
        raise BlogError("Give the blog a name: it becomes the first part of its address.", "subdomain")
    if len(name) > 63:
        raise BlogError("A name can have at most 63 characters.", "subdomain")
    if not hostnames.is_label(name):
        raise BlogError(
            "A name is made of letters from a to z, digits and hyphens; a hyphen stands between two of them.",
            "subdomain",
        )
    # "xn--" and its kin mean an encoded script to browsers.
    if name in RESERVED or name[2:4] == "--":
        raise BlogError(f"The name “{name}” is kept back for the site itself. Choose another.", "subdomain")
