"""A blog as it is stored, with those who may write on it, its names, and what was written before."""

import uuid

from django.db import models
from django.utils import timezone

from bearblog.domain.accounts.fields import LowercaseEmailField
from bearblog.domain.accounts.models import User


class BlogQuerySet(models.QuerySet["Blog"]):
    def visible(self) -> "BlogQuerySet":
        """Those that readers can see: a blog goes dark with its owner's account, or when staff block it."""
        return self.filter(owner__is_active=True, is_blocked=False)

    def discoverable(self) -> "BlogQuerySet":
        """Those that the main site may point at."""
        return self.visible().filter(is_reviewed=True, is_hidden=False)


class Blog(models.Model):
    """One person's site, at a name under the blogs' domain and perhaps at a domain of its own."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="blogs")
    title = models.CharField(max_length=200)
    subdomain = models.CharField(max_length=63, unique=True)
    custom_domain = models.CharField(max_length=253, unique=True, null=True, blank=True)
    # Readers are sent to the custom domain only while it is known to answer.
    domain_answers = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveBigIntegerField(default=1)
    # The version at which something was last taken away from readers.
    withdrawn_version = models.PositiveBigIntegerField(default=1)

    # The author's texts.
    favicon = models.CharField(max_length=500, blank=True)
    meta_description = models.CharField(max_length=200, blank=True)
    meta_image = models.CharField(max_length=500, blank=True)
    home_text = models.TextField(blank=True)
    home_updated_at = models.DateTimeField(default=timezone.now)
    nav_text = models.TextField(blank=True)
    footer_text = models.TextField(blank=True)
    head_html = models.TextField(blank=True)
    post_template = models.TextField(blank=True)
    css = models.TextField(blank=True)
    theme = models.CharField(max_length=40, blank=True)

    # The author's settings.
    language = models.CharField(max_length=35, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    date_format = models.CharField(max_length=32, blank=True)
    blog_path = models.CharField(max_length=200, default="blog")
    feed_alias = models.CharField(max_length=100, blank=True)
    meta_tag = models.CharField(max_length=500, blank=True)
    robots_text = models.TextField(blank=True)
    collects_analytics = models.BooleanField(default=True)
    has_likes = models.BooleanField(default=True)
    has_share_links = models.BooleanField(default=False)
    allows_remote_styles = models.BooleanField(default=False)

    # What the staff decided.
    is_reviewed = models.BooleanField(default=False)
    is_hidden = models.BooleanField(default=False)
    is_blocked = models.BooleanField(default=False)
    is_flagged = models.BooleanField(default=False)
    is_trusted = models.BooleanField(default=False)
    review_asked_at = models.DateTimeField(null=True, blank=True)
    review_note = models.TextField(blank=True)
    ignored_at = models.DateTimeField(null=True, blank=True)
    is_ignored_for_good = models.BooleanField(default=False)
    staff_note = models.TextField(blank=True)

    objects = BlogQuerySet.as_manager()

    class Meta:
        ordering = ("title", "pk")
        # Each second the worker asks which blogs have changed.
        indexes = [models.Index(fields=["updated_at"], name="blog_changed")]

    def __str__(self) -> str:
        return self.title


class FormerName(models.Model):
    """A name under the blogs' domain that a blog had once, and keeps: it leads to where the blog is now."""

    blog = models.ForeignKey(Blog, on_delete=models.CASCADE, related_name="former_names")
    subdomain = models.CharField(max_length=63, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("subdomain",)

    def __str__(self) -> str:
        return self.subdomain


class DomainClaim(models.Model):
    """A domain that an author wants for a blog, until DNS proves that it is theirs to give."""

    blog = models.OneToOneField(Blog, on_delete=models.CASCADE, related_name="domain_claim")
    domain = models.CharField(max_length=253)
    token = models.CharField(max_length=64)
    asked_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True, blank=True)
    proven_at = models.DateTimeField(null=True, blank=True)
    # What the worker found at its last look: one entry a record.
    findings = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.domain


class Membership(models.Model):
    """A person's place on a blog of somebody else. The owner stands on the blog itself."""

    class Role(models.TextChoices):
        EDITOR = "editor", "Editor"
        WRITER = "writer", "Writer"

    blog = models.ForeignKey(Blog, on_delete=models.CASCADE, related_name="memberships")
    email = LowercaseEmailField("e-mail", max_length=254)
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=10, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("email",)
        constraints = [
            models.UniqueConstraint(fields=["blog", "email"], name="membership_email_of_blog"),
            models.UniqueConstraint(fields=["blog", "user"], name="membership_user_of_blog"),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.role} of {self.blog_id}"


class Revision(models.Model):
    """A text as it was saved once: of a post ("post:<key>") or of a part of the blog ("home", "nav" ...)."""

    blog = models.ForeignKey(Blog, on_delete=models.CASCADE, related_name="revisions")
    subject = models.CharField(max_length=60)
    header = models.TextField(blank=True)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-saved_at", "-pk")
        indexes = [models.Index(fields=["blog", "subject", "-saved_at"], name="revision_of_subject")]

    def __str__(self) -> str:
        return f"{self.subject} at {self.saved_at:%Y-%m-%d %H:%M}"


class Autosave(models.Model):
    """What somebody has typed on one device and not saved yet."""

    blog = models.ForeignKey(Blog, on_delete=models.CASCADE, related_name="autosaves")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=60)
    device = models.UUIDField(default=uuid.uuid4)
    header = models.TextField(blank=True)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-saved_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["blog", "user", "subject", "device"], name="autosave_of_device"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} at {self.saved_at:%Y-%m-%d %H:%M}"
