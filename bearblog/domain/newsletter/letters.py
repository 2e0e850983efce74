"""The letters that a subscriber gets, in the blog's language."""

from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext

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
    blog = subscriber.blog
    facts = {"title": blog.title, "link": blog_url(blog, confirm_path(subscriber))}
    with translation.override(django_language(blog.language)):
        _send(
            subscriber,
            gettext("Please confirm: letters from %(title)s") % facts,
            gettext("Somebody, probably you, asked for letters from %(title)s at this address.") % facts,
            gettext("If it was you, open this link and say yes:"),
            facts["link"],
            gettext("If it was not you, do nothing. You will hear nothing more."),
        )


def send_way_out(subscriber: Subscriber) -> None:
    """Writes the letter whose link ends the subscription."""
    blog = subscriber.blog
    facts = {"title": blog.title, "link": blog_url(blog, unsubscribe_path(subscriber))}
    with translation.override(django_language(blog.language)):
        _send(
            subscriber,
            gettext("Leaving the letters from %(title)s") % facts,
            gettext("To get no more letters from %(title)s, open this link:") % facts,
            facts["link"],
            gettext("If you did not ask for this, do nothing. Nothing will change."),
        )


def _send(subscriber: Subscriber, subject: str, *paragraphs: str) -> None:
    send_mail(subject, "\n\n".join(paragraphs) + "\n", None, [subscriber.email])
