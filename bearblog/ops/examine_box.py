"""The doctor's look at the box itself: its database, disk, letters and host files."""

import os
import shutil

from django.conf import settings
from django.db import connection

from bearblog.domain.blogs import selectors as blogs
from bearblog.domain.blogs import stored_pages
from bearblog.engines.outbox.models import Letter
from bearblog.engines.vitals.findings import Finding, fail, ok, warning

_LITTLE, _TOO_LITTLE = 0.15, 0.05


def database() -> Finding:
    """Whether SQLite's quick check finds the database whole."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(3)")
        complaints = [str(row[0]) for row in cursor.fetchall()]
    if complaints == ["ok"]:
        return ok("database", "The database is whole.")
    return fail(
        "database", f"The database is damaged: {'; '.join(complaints)}.", "Restore: see backup/README.md."
    )


def disk() -> Finding:
    """Whether there is room for more bytes and more files."""
    usage = shutil.disk_usage(settings.DATA_DIR)
    free = usage.free / usage.total
    names = os.statvfs(settings.DATA_DIR)
    # Some file systems make inodes as they go and say that they have none.
    free_names = names.f_favail / names.f_files if names.f_files else 1.0
    sentence = f"{usage.free / 1e9:.1f} GB ({free:.0%}) and {free_names:.0%} of the inodes are free."
    least = min(free, free_names)
    if least < _TOO_LITTLE:
        return fail("disk", sentence, "Make room now; a full disk stops saving and replication.")
    if least < _LITTLE:
        return warning("disk", sentence, "Make room, or resize the disk.")
    return ok("disk", sentence)


def letters() -> Finding:
    """Whether letters lie about that need a person."""
    counts = {
        status: Letter.objects.filter(status=status).count()
        for status in (Letter.Status.FAILED, Letter.Status.UNSURE, Letter.Status.QUEUED)
    }
    sentence = ", ".join(f"{count} {status.value}" for status, count in counts.items()) + "."
    if counts[Letter.Status.FAILED] or counts[Letter.Status.UNSURE]:
        return warning(
            "letters", sentence, "Read them at the staff desk, and send again those that should arrive."
        )
    if counts[Letter.Status.QUEUED] and not settings.LETTER_BACKEND:
        return warning("letters", sentence, "No mail provider is set; read the letters at the staff desk.")
    return ok("letters", sentence)


def hosts_folder() -> Finding:
    """Whether each host of a blog may have a certificate, and no other."""
    wanted = blogs.all_hosts()
    present = {file.name for file in settings.HOSTS_DIR.iterdir()} if settings.HOSTS_DIR.is_dir() else set()
    if wanted == present:
        return ok("hosts", f"{len(wanted)} hosts may have certificates.")
    sentence = (
        f"{len(wanted - present)} hosts lack their file, {len(present - wanted)} files belong to no blog."
    )
    return fail("hosts", sentence, "Run: bearblog rebuild_hosts.")


def pages() -> Finding:
    """Whether pages can be stored, and readers see those of this release in their newest version."""
    own = stored_pages.pages()
    if not os.access(own.root, os.W_OK):
        return fail("pages", f"{own.root} cannot be written.", "Run the playbook again.")
    # A blog that was changed just now may seem wrong, but not twice.
    if (wrong := _misled()) and (wrong := wrong & _misled()):
        sentence = f"{len(wrong)} blogs lead readers to pages that are not their newest."
        return fail("pages", sentence, "See that the worker runs: systemctl status bearblog-worker.")
    if not stored_pages.is_open():
        sentence = "Readers do not see the stored pages of this release."
        return warning("pages", sentence, "Once the release has been probed: bearblog pages open.")
    return ok("pages", "Every blog leads readers to its newest pages.")


def _misled() -> set[str]:
    return {site.name for site in stored_pages.wrong_sites()}
