"""The letters that staff's decisions bring."""

from django.core.mail import send_mail

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.addresses import main_url, own_host
from bearblog.domain.blogs.models import Blog


def tell_may_write(user: User) -> None:
    """Says that the person can have blogs now."""
    _send(
        user,
        "You can write now",
        "The people who run this site have said yes: you can make your blog now.",
        main_url("/studio/"),
        "Welcome.",
    )


def tell_approved(blog: Blog, note: str) -> None:
    """Says that the main site may point at the blog now."""
    _send(
        blog.owner,
        f"{blog.title} has been looked at",
        f"Staff have looked at {own_host(blog)}. It can be found on the main site now.",
        note,
    )


def tell_blocked(blog: Blog, note: str) -> None:
    """Says that nobody can read the blog now, why, and what to do."""
    _send(
        blog.owner,
        f"{blog.title} cannot be read at the moment",
        f"Staff have taken {own_host(blog)} off the net. Nothing is deleted: you can sign in and export it.",
        note,
        "If you think that this is a mistake, say so here, and somebody will look at it again:",
        main_url(f"/studio/{blog.subdomain}/review/"),
    )


def tell_unblocked(blog: Blog, note: str) -> None:
    """Says that the blog can be read again."""
    _send(
        blog.owner,
        f"{blog.title} can be read again",
        f"Staff have looked at {own_host(blog)} once more. It can be read again.",
        note,
    )


def _send(user: User, subject: str, *paragraphs: str) -> None:
    text = "\n\n".join(["Hello,", *filter(None, paragraphs)]) + "\n"
    # A title is one line already; what a person wrote long ago must still fit into a header.
    send_mail(" ".join(subject.split()), text, None, [user.email])
