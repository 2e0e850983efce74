"""What readers do to a post. A like makes its page anew and no other, so nothing here touches the blog."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from bearblog.domain.blogs import stored_pages
from bearblog.domain.conversation.errors import ConversationError
from bearblog.domain.conversation.models import Like
from bearblog.domain.posts.addresses import post_path
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.scoring import score
from bearblog.engines.throttle import budget
from bearblog.lib import networks

LIKES_AN_HOUR = 60

_SALT = "bearblog.conversation.like"


@transaction.atomic
def like(*, post: Post, address: str) -> bool:
    """Whether this is the first like of the post from the address. Raises ConversationError."""
    _check_open(post)
    network = networks.network_of(address)
    digest = _digest(post, network)
    if Like.objects.filter(post=post, digest=digest).exists():
        return False
    if not budget.spend(f"like {network}", most=LIKES_AN_HOUR, seconds=3600):
        raise ConversationError(gettext("These were many likes in a short time. Try again in an hour."))
    _, is_new = Like.objects.get_or_create(post=post, digest=digest)
    if is_new:
        _count(post)
        transaction.on_commit(lambda: stored_pages.ask_again(post.blog, post_path(post)), robust=True)
    return is_new


def _check_open(post: Post) -> None:
    is_out = post.is_published and post.published_at is not None and post.published_at <= timezone.now()
    if not (is_out and post.blog.has_likes and post.is_discoverable):
        raise ConversationError(gettext("This post takes no likes."))


def _digest(post: Post, network: str) -> str:
    # The post is part of the message: two posts liked from one address share nothing.
    return salted_hmac(_SALT, f"{post.pk} {network}", algorithm="sha256").hexdigest()


def _count(post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(like_count=F("like_count") + 1)
    post.refresh_from_db(fields=["like_count", "first_published_at", "published_at"])
    post.score = score(post.like_count, post.first_published_at or post.published_at)
    Post.objects.filter(pk=post.pk).update(score=post.score)
