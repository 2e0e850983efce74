"""What readers reported, what staff did about it, and what each person hides from themselves."""

from django.db import models
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog


class Report(models.Model):
    """A reader's word that something on a blog is wrong."""

    blog = models.ForeignKey(Blog, on_delete=models.CASCADE, related_name="reports")
    path = models.CharField(max_length=500)
    reason = models.CharField(max_length=2000)
    made_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"Report on {self.blog_id}{self.path}"


class AuditEntry(models.Model):
    """One thing that staff did. Entries are only ever added, and outlive what they speak of."""

    done_at = models.DateTimeField(default=timezone.now)
    # Names, not keys: the entry must still say who and what when both are gone.
    actor = models.CharField(max_length=254)
    action = models.CharField(max_length=40)
    target = models.CharField(max_length=300)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("-done_at", "-pk")
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.actor}: {self.action} {self.target}"


class HiddenBlog(models.Model):
    """A blog that one person does not want to see on the discover page."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="hidden_blogs")
    blog = models.ForeignKey(Blog, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "blog"], name="hidden_once")]

    def __str__(self) -> str:
        return f"{self.blog_id} hidden from {self.user_id}"
