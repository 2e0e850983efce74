"""Puts pysqlite3 (SQLite 3.53) in the place of the standard library's sqlite3.

Import this before anything imports sqlite3: the distributions' SQLite can lose committed writes when one
process writes while another checkpoints (sqlite.org/wal.html, "the WAL-reset bug", fixed in 3.51.3).
"""

import sys

import pysqlite3
import pysqlite3.dbapi2

OLDEST_SAFE_VERSION = (3, 51, 3)

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def version() -> tuple[int, int, int]:
    """The version of the SQLite library in use."""
    major, minor, patch = (int(part) for part in pysqlite3.sqlite_version.split("."))
    return major, minor, patch


def is_safe() -> bool:
    """Whether the SQLite library in use is free of the WAL-reset bug."""
    return version() >= OLDEST_SAFE_VERSION
