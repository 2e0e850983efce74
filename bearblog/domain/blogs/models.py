"""A blog as it is stored."""

from django.db import models
from django.utils import timezone

from bearblog.domain.accounts.models import User


class BlogQuerySet(models.QuerySet["Blog"]):
    def visible(self) -> "BlogQuerySet":
        """Those that readers can see: a blog goes dark with its owner's account."""
        return self.filter(owner__is_active=True)


class Blog(models.Model):
    """One person's site, at a name under the blogs' domain and perhaps at a domain of its own."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="blogs")
    title = models.CharField(max_length=200)
    subdomain = models.CharField(max_length=63, unique=True)
    custom_domain = models.CharField(max_length=253, unique=True, null=True, blank=True)
    home_text = models.TextField(blank=True)
    nav_text = models.TextField(blank=True)
    language = models.CharField(max_length=35, default="en")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveBigIntegerField(default=1)

    objects = BlogQuerySet.as_manager()

    class Meta:
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title
