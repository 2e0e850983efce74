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
    """That somebody was counted already, as a number made of the day and of a hash.

    The salt of the hash is thrown away with the day.
    """

    # SQLite's own row number: a day's rows lie together, and one takes some ten bytes.
    mark = models.IntegerField(primary_key=True)

    class Meta:
        verbose_name_plural = "seen"

    def __str__(self) -> str:
        return f"Somebody, as {self.mark}"


class LogPlace(models.Model):
    """How far a file of the web server's log is counted. Changes in the transaction of the numbers."""

    machine = models.CharField(max_length=32)
    # What tells the file from all others on the machine.
    inode = models.PositiveBigIntegerField()
    head = models.CharField(max_length=64)
    offset = models.PositiveBigIntegerField(default=0)
    # Answers with pages of blogs, in this file and in all before it.
    pages = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["machine", "inode", "head"], name="log_place_of_file"),
        ]

    def __str__(self) -> str:
        return f"{self.offset} bytes of file {self.inode}"
