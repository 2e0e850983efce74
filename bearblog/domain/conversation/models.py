"""What readers answer to a post."""

from django.db import models
from django.utils import timezone

from bearblog.domain.posts.models import Post


class Like(models.Model):
    """That one reader liked one post, known by a keyed hash alone."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="likes")
    digest = models.CharField(max_length=64)
    liked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "digest"], name="like_once")]

    def __str__(self) -> str:
        return f"Like of {self.post_id}"
