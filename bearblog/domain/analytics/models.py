"""How often a blog was read, a number a day and nothing about any reader."""

from django.db import models

from bearblog.domain.blogs.models import Blog


class Count(models.Model):
    """One number of one day: so many readers, reads of a page, visits from a site or a country ..."""

    class Kind(models.TextChoices):
        READERS = "readers", "Readers"
        PAGE = "page", "Page"
        REFERRER = "referrer", "Referrer"
        COUNTRY = "country", "Country"
        BROWSER = "browser", "Browser"
        PLATFORM = "platform", "Platform"
        FEED = "feed", "Feed reader"

    blog = models.ForeignKey(Blog, on_delete=models.CASCADE, related_name="counts")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    # The path, the host, the country's code, the program's name; empty for "readers".
    name = models.CharField(max_length=255, blank=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blog", "kind", "day", "name"], name="count_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name} on {self.day}: {self.number}"


class Seen(models.Model):
    """That somebody was counted today already, as a hash whose salt is thrown away with the day."""

    day = models.DateField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "seen"
        constraints = [models.UniqueConstraint(fields=["day", "digest"], name="seen_once_a_day")]

    def __str__(self) -> str:
        return f"Somebody on {self.day}"
