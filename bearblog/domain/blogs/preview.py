"""Leave for one author to have a text shown on the blog's own host, for five minutes."""

from django.core.signing import BadSignature, TimestampSigner

from bearblog.domain.blogs.models import Blog

LIFETIME_SECONDS = 300

_SIGNER = TimestampSigner(salt="bearblog.blogs.preview")


def make_preview_token(blog: Blog) -> str:
    """A token that lets its bearer preview texts on this blog."""
    return _SIGNER.sign(str(blog.pk))


def is_preview_token(blog: Blog, token: str) -> bool:
    """Whether the token was made for this blog less than five minutes ago."""
    try:
        return _SIGNER.unsign(token, max_age=LIFETIME_SECONDS) == str(blog.pk)
    except BadSignature:
        return False
