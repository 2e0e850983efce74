"""Readers who asked for a blog's letters."""

from django.db import models
from django.utils import timezone

from bearblog.domain.accounts.fields import LowercaseEmailField
from bearblog.domain.blogs.models import Blog


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def confirmed(self) -> "SubscriberQuerySet":
        """Those who said yes by the link in their letter."""
        return self.filter(confirmed_at__isnull=False)


class Subscriber(models.Model):
    """An address that a reader gave; it counts once its owner has confirmed it."""

    blog = models.ForeignKey(Blog, on_delete=models.CASCADE, related_name="subscribers")
    email = LowercaseEmailField("e-mail", max_length=254)
    token = models.CharField(max_length=64, unique=True)
    subscribed_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ("email",)
        constraints = [models.UniqueConstraint(fields=["blog", "email"], name="subscriber_of_blog")]

    def __str__(self) -> str:
        return self.email
