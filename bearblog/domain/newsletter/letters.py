"""The letters that a subscriber gets, in the blog's language."""

from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from bearblog.domain.blogs.addresses import blog_url
from bearblog.domain.blogs.dates import django_language
from bearblog.domain.newsletter.models import Subscriber


def confirm_path(subscriber: Subscriber) -> str:
    """Where the subscriber says yes, on the blog's host."""
    return f"/confirm/{subscriber.token}/"


def unsubscribe_path(subscriber: Subscriber) -> str:
    """Where the subscriber leaves, on the blog's host."""
    return f"/unsubscribe/{subscriber.token}/"


def ask_to_confirm(subscriber: Subscriber) -> None:
    """Writes the letter whose link makes the subscription count."""
    _send(
        subscriber,
        confirm_path(subscriber),
        gettext_noop("Please confirm: letters from %(title)s"),
        gettext_noop("Somebody, probably you, asked for letters from %(title)s at this address."),
        gettext_noop("If it was you, open this link and say yes:"),
        "%(link)s",
        gettext_noop("If it was not you, do nothing. You will hear nothing more."),
    )


def send_way_out(subscriber: Subscriber) -> None:
    """Writes the letter whose link ends the subscription."""
    _send(
        subscriber,
        unsubscribe_path(subscriber),
        gettext_noop("Leaving the letters from %(title)s"),
        gettext_noop("To get no more letters from %(title)s, open this link:"),
        "%(link)s",
        gettext_noop("If you did not ask for this, do nothing. Nothing will change."),
    )


def _send(subscriber: Subscriber, path: str, *sentences: str) -> None:
    blog = subscriber.blog
    facts = {"title": blog.title, "link": blog_url(blog, path)}
    with translation.override(django_language(blog.language)):
        subject, *paragraphs = [gettext(sentence) % facts for sentence in sentences]
    send_mail(subject, "\n\n".join(paragraphs) + "\n", None, [subscriber.email])
