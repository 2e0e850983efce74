"""A post as it is stored."""

import uuid

from django.db import models
from django.utils import timezone

from bearblog.domain.blogs.models import Blog


class PostQuerySet(models.QuerySet["Post"]):
    def published(self) -> "PostQuerySet":
        """Those that readers can see now; a date in the future holds a post back until then."""
        return self.filter(status=Post.Status.PUBLISHED, published_at__lte=timezone.now())

    def newest_first(self) -> "PostQuerySet":
        """In the order of their dates, drafts without a date first."""
        return self.order_by(models.F("published_at").desc(nulls_first=True), "-pk")

    def without_text(self) -> "PostQuerySet":
        """The same posts without their texts, for lists."""
        return self.defer("text")


class Post(models.Model):
    """One piece of writing on a blog."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    blog = models.ForeignKey(Blog, on_delete=models.CASCADE, related_name="posts")
    title = models.CharField(max_length=200)
    slug = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    creation_key = models.UUIDField(default=uuid.uuid4)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blog", "slug"], name="post_slug_of_blog"),
            models.UniqueConstraint(fields=["blog", "creation_key"], name="post_creation_key_of_blog"),
            models.CheckConstraint(
                condition=~models.Q(status="published") | models.Q(published_at__isnull=False),
                name="post_published_has_date",
            ),
        ]
        indexes = [models.Index(fields=["blog", "status", "-published_at"], name="post_list_of_blog")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        """Whether the author has published it; readers see it from its date on."""
        return self.status == self.Status.PUBLISHED
