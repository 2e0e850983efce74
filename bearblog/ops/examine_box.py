"""The doctor's look at the box itself: its database, disk, host files and stored pages."""

import os
import shutil
import sqlite3
import time
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection

from bearblog.domain.blogs import selectors as blogs
from bearblog.domain.blogs import stored_pages
from bearblog.engines.vitals.findings import Finding, fail, ok, warning

_LITTLE, _TOO_LITTLE = 0.15, 0.05
# Half a million files can be counted in this time; the rest is not waited for.
_COUNT_SECONDS = 2.0
_CHECK_SECONDS = 4.0
_STEPS = 10_000
# The worker mends each second what the process that changed a blog could not. Each look is at all blogs.
_MEND_SECONDS, _LOOK_SECONDS = 3.0, 0.5


def database() -> Finding:
    """Whether SQLite's quick check finds the database whole, as far as it comes within seconds."""
    until = time.monotonic() + _CHECK_SECONDS
    with connection.cursor() as cursor:
        connection.connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        try:
            cursor.execute("PRAGMA quick_check(3)")
            complaints = [str(row[0]) for row in cursor.fetchall()]
        except OperationalError as error:
            # Broken off as it set up the search table, SQLite blames that; only its code tells the truth.
            if getattr(error.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_INTERRUPT:
                raise
            return ok("database", f"What of it was read in {_CHECK_SECONDS:.0f} s is whole.")
        finally:
            connection.connection.set_progress_handler(None, _STEPS)
    if complaints == ["ok"]:
        return ok("database", "The database is whole.")
    return fail(
        "database", f"The database is damaged: {'; '.join(complaints)}.", "Restore: see backup/README.md."
    )


def disk() -> Finding:
    """Whether there is room for more bytes and more files."""
    places = (settings.DATA_DIR, settings.CACHE_DIR)
    usage = min(map(shutil.disk_usage, places), key=lambda one: one.free / one.total)
    free, free_names = usage.free / usage.total, min(map(_free_names, places))
    sentence = (
        f"{usage.free / 1e9:.1f} GB ({free:.0%}) and {free_names:.0%} of the inodes are free; "
        f"stored pages are {_page_files()} files."
    )
    least = min(free, free_names)
    if least < _TOO_LITTLE:
        return fail("disk", sentence, "Make room now; a full disk stops saving and replication.")
    if least < _LITTLE:
        return warning("disk", sentence, "Make room, or resize the disk.")
    return ok("disk", sentence)


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
    if wrong := sorted(_stuck_hosts()):
        sentence = f"{len(wrong)} hosts lead to pages that are not the newest, {wrong[0]} among them."
        return fail("pages", sentence, "See that the worker runs: systemctl status bearblog-worker.")
    if not stored_pages.is_open():
        sentence = "Readers do not see the stored pages of this release."
        return warning("pages", sentence, "Once the release has been probed: bearblog pages open.")
    return ok("pages", "Every blog leads readers to its newest pages.")


def _stuck_hosts() -> set[str]:
    """The hosts that lead to the same wrong pages for as long as somebody has to see to them."""
    until = time.monotonic() + _MEND_SECONDS
    # While authors write, a blog may be wrong at every look, but never where it was at the last.
    stuck = stored_pages.wrong_links()
    while stuck and time.monotonic() < until:
        time.sleep(_LOOK_SECONDS)
        stuck &= stored_pages.wrong_links()
    return {link.host for link in stuck}


def _free_names(place: Path) -> float:
    names = os.statvfs(place)
    # Some file systems make inodes as they go and say that they have none.
    return names.f_favail / names.f_files if names.f_files else 1.0


def _page_files() -> str:
    own, until, count = stored_pages.pages(), time.monotonic() + _COUNT_SECONDS, 0
    for root in (own.all_keys, own.last_sites):
        for _, _, files in os.walk(root):
            count += len(files)
            if time.monotonic() > until:
                return f"more than {count}"
    return str(count)
