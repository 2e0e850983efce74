"""A post as it is stored, with its tags, its other addresses and its shared drafts."""

import uuid

from django.db import models
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog


class PostQuerySet(models.QuerySet["Post"]):
    def published(self) -> "PostQuerySet":
        """Those that readers can see now; a date in the future holds a post back until then."""
        return self.filter(status=Post.Status.PUBLISHED, published_at__lte=timezone.now())

    def posts(self) -> "PostQuerySet":
        """Those that stand in lists and feeds."""
        # Written so that SQLite can use its index, which it cannot for "NOT is_page".
        return self.filter(is_page__in=[False])

    def pages(self) -> "PostQuerySet":
        """Those that stand for themselves."""
        return self.filter(is_page__in=[True])

    def newest_first(self) -> "PostQuerySet":
        """In the order of their dates, drafts without a date first."""
        return self.order_by(models.F("published_at").desc(nulls_first=True), "-pk")

    def latest_first(self) -> "PostQuerySet":
        """In the order of their dates, for posts that all have one."""
        return self.order_by("-published_at", "-pk")

    def window(self, start: int, stop: int) -> "PostQuerySet":
        """Those from one place in the order to another; the rows before them are counted off in the index."""
        return Post.objects.filter(pk__in=self.values("pk")[start:stop]).order_by(*self.query.order_by)

    def without_text(self) -> "PostQuerySet":
        """The same posts without their texts, for lists."""
        return self.defer("text")


class Post(models.Model):
    """One piece of writing on a blog: a post, or a page that stands outside the lists."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    blog = models.ForeignKey(Blog, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="posts")
    is_page = models.BooleanField(default=False)
    title = models.CharField(max_length=200)
    slug = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    first_published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    creation_key = models.UUIDField(default=uuid.uuid4)

    canonical_url = models.CharField(max_length=500, blank=True)
    meta_description = models.CharField(max_length=200, blank=True)
    meta_image = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=35, blank=True)
    class_name = models.CharField(max_length=200, blank=True)
    is_discoverable = models.BooleanField(default=True)

    # What readers and staff made of it.
    like_count = models.PositiveIntegerField(default=0)
    score = models.FloatField(default=0)
    is_hidden = models.BooleanField(default=False)

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
        indexes = [
            models.Index(fields=["blog", "is_page", "status", "-published_at"], name="post_list_of_blog"),
            models.Index(fields=["-published_at"], name="post_newest"),
            models.Index(fields=["-score"], name="post_best"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        """Whether the author has published it; readers see it from its date on."""
        return self.status == self.Status.PUBLISHED


class Tag(models.Model):
    """One of a post's tags, in the order in which the author wrote them."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["post", "name"], name="tag_of_post")]
        indexes = [models.Index(fields=["name"], name="tag_name")]

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """Another address that leads to a post: one that the author gave it, or one that it had before."""

    blog = models.ForeignKey(Blog, on_delete=models.CASCADE, related_name="aliases")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="aliases")
    slug = models.CharField(max_length=200)
    is_typed = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("slug",)
        verbose_name_plural = "aliases"
        constraints = [models.UniqueConstraint(fields=["blog", "slug"], name="alias_slug_of_blog")]

    def __str__(self) -> str:
        return self.slug


class ShareLink(models.Model):
    """Leave to read one draft, for whoever has the link, until it runs out or is taken back."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="share_links")
    token = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"Draft link of {self.post_id}"
