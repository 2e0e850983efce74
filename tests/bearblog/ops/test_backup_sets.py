"""Which backup sets an operator is told of."""

import json

from bearblog.engines.replication.bucket import Bucket
from bearblog.ops import backup_sets

STAMPS = ["20261119T024500Z", "20261120T024500Z", "20261121T024500Z"]


def write_set(bucket: Bucket, stamp: str, *, shelf: str = "daily") -> str:
    """A set of one file; its folder."""
    folder = f"backups/{shelf}/{stamp}"
    mark = {"sha256": "", "bytes": 5}
    page = {
        "stamp": stamp,
        "release": "1",
        "sqlite": "3.53.0",
        "prefix": "",
        "database": mark,
        "rows": {},
        "files": {"database.sqlite3.zst": mark},
    }
    bucket.write(f"{folder}/database.sqlite3.zst", b"whole")
    bucket.write(f"{folder}/manifest.json", json.dumps(page).encode())
    return folder


def test_the_newest_are_named_with_the_variable(folder_bucket: Bucket) -> None:
    for stamp in STAMPS:
        write_set(folder_bucket, stamp)
    write_set(folder_bucket, STAMPS[-1], shelf="monthly")
    assert backup_sets.newest_whole(folder_bucket, 2) == [STAMPS[2], STAMPS[1]]
    said = backup_sets.describe_newest(folder_bucket)
    assert f"{STAMPS[2]}, {STAMPS[1]}, {STAMPS[0]}" in said
    assert f"-e restore_from=snapshot:{STAMPS[2]}" in said


def test_one_that_is_not_whole_is_not_named(folder_bucket: Bucket) -> None:
    first, second, third = (write_set(folder_bucket, stamp) for stamp in STAMPS)
    folder_bucket.write(f"{second}/database.sqlite3.zst", b"cut")
    folder_bucket.write(f"{third}/manifest.json", b"{")
    folder_bucket.delete(f"{write_set(folder_bucket, '20261122T024500Z')}/manifest.json")
    folder_bucket.delete(f"{write_set(folder_bucket, '20261123T024500Z')}/database.sqlite3.zst")
    assert backup_sets.newest_whole(folder_bucket, 3) == [first.rpartition("/")[2]]


def test_a_damaged_one_is_taken_from_the_other_shelf(folder_bucket: Bucket) -> None:
    write_set(folder_bucket, STAMPS[0], shelf="monthly")
    folder_bucket.write(f"{write_set(folder_bucket, STAMPS[0])}/database.sqlite3.zst", b"")
    assert backup_sets.newest_whole(folder_bucket, 3) == [STAMPS[0]]


def test_a_bucket_without_sets_says_so(folder_bucket: Bucket) -> None:
    assert "holds no whole backup set" in backup_sets.describe_newest(folder_bucket)
