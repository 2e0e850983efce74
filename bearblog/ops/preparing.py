"""Brings a restored database up to this release and looks at it, in the folder where it waits."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from bearblog.engines.replication import placing, programs
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.fetching import Report
from bearblog.ops import box

_FOUND = "found.json"
_CACHE = "cache"
_SECONDS = 3600.0
_WAY_UP = {
    "Schema": ("check_schema",),
    "Migrations": ("migrate", "--no-input", "--verbosity", "0"),
}
_OTHER_WAYS = (
    "Nothing was changed on this box. Choose an earlier moment (restore_to) or another backup set "
    "(restore_from), or take it as it is (restore_unchecked=true; by hand: restore.sh --unchecked)."
)


@dataclass(frozen=True)
class Prepared:
    """What a database that may be placed holds, in words, and what is worth a warning."""

    found: str
    warnings: tuple[str, ...] = ()


def prepare(folder: Path, *, is_unchecked: bool, report: Report) -> Prepared:
    """Migrates the database in the folder, compares it with its canary, and makes pages of ten blogs.

    Raises ReplicationError with what is amiss; unchecked, what readers would miss is only a warning.
    """
    (folder / _CACHE).mkdir()
    for name, command in _WAY_UP.items():
        done = _manage(folder, name, command, report)
        if done.code != 0:
            raise ReplicationError(
                f"The restored database cannot be brought up to this release: {_reason(done)} Nothing was "
                "changed on this box. Restore with the release that wrote it (-e release_version=VERSION)."
            )
    looked = _manage(folder, "Pages", ("check_restored", "--found", str(folder / _FOUND)), report)
    placing.settle(folder / box.database().name)
    if looked.code == 0:
        return _prepared(folder, looked.output.decode().strip())
    if not is_unchecked:
        raise ReplicationError(f"What came back is not the blog as it was: {_reason(looked)}. {_OTHER_WAYS}")
    return Prepared("taken unchecked", (f"Taken as it is, although: {_reason(looked)}.",))


def _prepared(folder: Path, found: str) -> Prepared:
    if json.loads((folder / _FOUND).read_text())["moment"]:
        return Prepared(found)
    sentence = "It holds no canary to compare its rows with. Look whether all blogs are there."
    return Prepared(found, (sentence,))


def _manage(folder: Path, name: str, arguments: Sequence[str], report: Report) -> programs.Done:
    """Runs a command of this release as if the folder were the box's."""
    return programs.watch(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        lambda gone: report(f"{name}: still at work after {gone:.0f} s"),
        name=name,
        seconds=_SECONDS,
        BEARBLOG_DATA_DIR=str(folder),
        BEARBLOG_CACHE_DIR=str(folder / _CACHE),
        BEARBLOG_RUNTIME_DIR=str(folder / _CACHE),
        BEARBLOG_STORE_PAGES="false",
    )


def _reason(done: programs.Done) -> str:
    return programs.last_words(done.errors).removeprefix("CommandError: ")
