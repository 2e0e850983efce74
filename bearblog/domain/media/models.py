"""A blog's files as they are stored; their bytes lie on disk under their SHA-256."""

from django.db import models
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog


class MediaFile(models.Model):
    """A file that an author has put on a blog."""

    blog = models.ForeignKey(Blog, on_delete=models.CASCADE, related_name="media_files")
    sha256 = models.CharField(max_length=64)
    extension = models.CharField(max_length=10)
    content_type = models.CharField(max_length=100)
    # What the author called it; readers see the hash.
    name = models.CharField(max_length=255)
    alternative_text = models.CharField(max_length=1000, blank=True)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["blog", "sha256"], name="media_file_of_blog")]
        indexes = [models.Index(fields=["sha256"], name="media_file_bytes")]

    def __str__(self) -> str:
        return self.name


class Variant(models.Model):
    """A picture of the same content at another width, a file of its own."""

    media_file = models.ForeignKey(MediaFile, on_delete=models.CASCADE, related_name="variants")
    sha256 = models.CharField(max_length=64)
    extension = models.CharField(max_length=10, default="webp")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("width",)
        constraints = [models.UniqueConstraint(fields=["media_file", "width"], name="variant_width")]
        indexes = [models.Index(fields=["sha256"], name="variant_bytes")]

    def __str__(self) -> str:
        return f"{self.media_file_id} at {self.width}"
