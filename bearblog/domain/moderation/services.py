"""What readers report, what authors ask for, and what a person hides from themselves."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.moderation.errors import ModerationError
from bearblog.domain.moderation.models import HiddenBlog, Report
from bearblog.engines.throttle import budget
from bearblog.lib import networks, plain_text

REPORTS_A_READER = 5
# More words about one blog would tell staff nothing new.
OPEN_REPORTS_A_BLOG = 50
MAX_REASON = 2000
MAX_PATH = 500


@transaction.atomic
def report(*, blog: Blog, path: str, reason: str, address: str = "") -> None:
    """Tells staff about something on a blog. Raises ModerationError. `address` is the reader's."""
    reason = plain_text.tidy(reason).strip()
    if not reason:
        raise ModerationError(gettext("Say in a few words what is wrong."), "reason")
    if len(reason) > MAX_REASON:
        sentence = gettext("This is too long: at most %(most)d characters fit.") % {"most": MAX_REASON}
        raise ModerationError(sentence, "reason")
    if address and not budget.spend(
        f"report {networks.network_of(address)}", most=REPORTS_A_READER, seconds=3600
    ):
        raise ModerationError(gettext("You have reported several things already. Try again in an hour."))
    if Report.objects.filter(blog=blog, settled_at__isnull=True).count() >= OPEN_REPORTS_A_BLOG:
        return
    shown = plain_text.one_line(path)
    Report.objects.create(blog=blog, path=shown[:MAX_PATH] if shown.startswith("/") else "/", reason=reason)


def may_ask_for_review(blog: Blog) -> bool:
    """Whether staff hold anything back from the blog."""
    return blog.is_blocked or blog.is_hidden or not blog.is_reviewed


@transaction.atomic
def ask_for_review(*, blog: Blog, note: str) -> Blog:
    """The blog, waiting for staff to look at it. Raises ModerationError."""
    note = plain_text.tidy(note).strip()
    if len(note) > MAX_REASON:
        raise ModerationError(f"The note has {len(note):,} characters; at most {MAX_REASON:,} fit.", "note")
    if not may_ask_for_review(blog):
        raise ModerationError("Staff have looked at this blog already; there is nothing to ask for.", "note")
    blog.review_asked_at = timezone.now()
    blog.review_note = note
    blog.save(update_fields=["review_asked_at", "review_note"])
    return blog


def withdraw_request(*, blog: Blog) -> None:
    """Takes the blog out of the line of those that ask."""
    blog.review_asked_at = None
    blog.save(update_fields=["review_asked_at"])


def hide_from(*, user: User, blog: Blog) -> None:
    """Keeps the blog out of this person's sight on the discover page."""
    HiddenBlog.objects.get_or_create(user=user, blog=blog)


def show_again(*, user: User, blog: Blog) -> None:
    """Lets the person see the blog on the discover page again."""
    HiddenBlog.objects.filter(user=user, blog=blog).delete()
