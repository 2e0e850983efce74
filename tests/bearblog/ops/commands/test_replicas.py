"""The command that shows and deletes the replicas in the bucket, on two boxes with one folder as a bucket."""

import dataclasses
import io
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bearblog.engines.replication import control, current
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.current import Claim, Current
from tests.app_box import SITE, AppBox
from tests.bearblog.ops.conftest import Call

MONTH = timedelta(days=31)


@pytest.fixture
def old(folder_bucket: Bucket, tmp_path: Path) -> AppBox:
    """A box that replicated, and was replaced."""
    made = AppBox(folder_bucket, tmp_path / "old")
    made.claim()
    replicate(made)
    return made


@pytest.fixture
def new(old: AppBox, tmp_path: Path) -> Iterator[AppBox]:
    """The box that began anew in its bucket."""
    made = AppBox(old.bucket, tmp_path / "new")
    made.claim(start_new=True)
    replicate(made)
    yield made
    made.stop()


def replicate(box: AppBox) -> None:
    with closing(box.connect()) as connection:
        connection.execute("CREATE TABLE post (id INTEGER PRIMARY KEY)")
    box.start()
    control.wait_until_replicated(box.sync_socket, timeout=20)
    box.stop()


def age(old: AppBox, new: AppBox, *, superseded: timedelta = MONTH, written: timedelta = MONTH) -> None:
    """Puts the takeover, and all that the old box wrote, so far into the past."""
    now = datetime.now(UTC)
    history = (Claim(old.prefix, now - superseded - MONTH), Claim(new.prefix, now - superseded))
    current.write(old.bucket, Current(site=SITE, history=history))
    moment = (now - written).timestamp()
    for file in replica_folder(old).rglob("*"):
        os.utime(file, (moment, moment))


def replica_folder(box: AppBox) -> Path:
    return box.folder.parent / "replica" / box.prefix


def box_id(box: AppBox) -> str:
    return box.prefix[-8:]


def types(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def test_both_replicas_are_shown(old: AppBox, new: AppBox, call: Call) -> None:
    code, output, _ = call(new, "replicas")
    titles, living, superseded = output.splitlines()
    assert code == 0
    assert titles.split()[:2] == ["prefix", "standing"]
    assert living.startswith(f"{new.prefix}  living ")
    assert superseded.startswith(f"{old.prefix}  superseded by {box_id(new)}, 20")
    assert output == call(old, "replicas", "show")[1]


def test_programs_are_told_the_same(old: AppBox, new: AppBox, call: Call) -> None:
    living, superseded = json.loads(call(new, "replicas", "--json")[1])
    assert (living["standing"], superseded["standing"]) == ("living", "superseded")
    assert (superseded["prefix"], superseded["superseded_by"]) == (old.prefix, new.prefix)
    assert living["superseded_at"] is None
    assert superseded["oldest"] <= superseded["newest"] <= superseded["last_written"]
    files = [file for file in replica_folder(old).rglob("*") if file.is_file()]
    assert superseded["objects"] == len(files)
    assert superseded["bytes"] == sum(file.stat().st_size for file in files)
    assert json.loads(call(new, "replicas", "show", "--json")[1]) == [living, superseded]


def test_an_old_replica_is_deleted_once_its_box_is_named(
    old: AppBox, new: AppBox, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(old, new)
    assert call(new, "replicas", "delete", box_id(old), "--dry-run")[1].startswith("Would delete replica/")
    types(monkeypatch, f"{box_id(new)}\n")
    code, _, error = call(new, "replicas", "delete", old.prefix)
    assert code == 1
    assert "was not deleted" in error
    assert replica_folder(old).exists()
    types(monkeypatch, f"{box_id(old)}\n")
    code, output, _ = call(new, "replicas", "delete", old.prefix)
    assert code == 0
    assert f"type {box_id(old)}: Deleted {old.prefix}" in output
    assert not replica_folder(old).exists()
    assert replica_folder(new).exists()


def test_all_that_may_go_goes(old: AppBox, new: AppBox, call: Call) -> None:
    code, output, _ = call(new, "replicas", "delete", "--older", "--yes")
    assert code == 0
    assert output.startswith(f"No replica may be deleted yet.\n{old.prefix} was")
    age(old, new)
    assert call(new, "replicas", "delete", "--older", "--yes")[1].startswith(f"Deleted {old.prefix}")
    assert [one["prefix"] for one in json.loads(call(new, "replicas", "--json")[1])] == [new.prefix]


@pytest.mark.parametrize(
    ("superseded", "written", "sentence"),
    [
        (timedelta(days=29), MONTH, "was superseded on"),
        (MONTH, timedelta(days=1), "was last written on"),
    ],
)
def test_a_younger_one_is_kept(
    old: AppBox, new: AppBox, call: Call, superseded: timedelta, written: timedelta, sentence: str
) -> None:
    age(old, new, superseded=superseded, written=written)
    code, _, error = call(new, "replicas", "delete", old.prefix, "--yes")
    assert code == 1
    assert sentence in error
    assert "is kept until" in error
    assert replica_folder(old).exists()


def test_the_living_one_is_kept(old: AppBox, new: AppBox, call: Call) -> None:
    assert "is the living replica" in call(new, "replicas", "delete", new.prefix, "--yes")[2]


def test_one_that_current_does_not_know_goes_only_when_it_is_asked_for(
    old: AppBox, new: AppBox, call: Call
) -> None:
    age(old, new)
    own = current.read(new.bucket)
    assert own is not None
    current.write(new.bucket, Current(site=SITE, history=own.history[1:]))
    assert "unknown to `current`" in call(new, "replicas")[1]
    assert "--unknown-too" in call(new, "replicas", "delete", old.prefix, "--yes")[2]
    assert "Deleted" in call(new, "replicas", "delete", old.prefix, "--yes", "--unknown-too")[1]


def test_nothing_is_deleted_while_the_living_one_is_empty(old: AppBox, new: AppBox, call: Call) -> None:
    age(old, new)
    new.bucket.delete_folder(new.prefix, seconds=10)
    assert "no other one is deleted" in call(new, "replicas", "delete", "--older", "--yes")[2]


def test_a_replaced_box_deletes_nothing(old: AppBox, new: AppBox, call: Call) -> None:
    age(old, new)
    error = call(old, "replicas", "delete", "--older", "--yes")[2]
    assert f"that is {new.prefix}, at {SITE}" in error
    assert replica_folder(old).exists()


def test_a_damaged_current_is_told_below_what_there_is(old: AppBox, new: AppBox, call: Call) -> None:
    age(old, new)
    new.bucket.write(current.OBJECT, b"{")
    code, output, error = call(new, "replicas")
    assert code == 1
    assert output.count("unknown to `current`") == 2
    assert "is damaged" in error
    assert "is damaged" in call(new, "replicas", "delete", "--older", "--yes")[2]


def test_a_bucket_without_current_has_no_writer(new: AppBox, call: Call) -> None:
    new.bucket.delete(current.OBJECT)
    assert call(new, "replicas")[1].count("unknown to `current`") == 2
    assert "no object `current`" in call(new, "replicas", "delete", "--older")[2]


def test_an_empty_bucket_holds_no_replica(folder_bucket: Bucket, tmp_path: Path, call: Call) -> None:
    bare = AppBox(folder_bucket, tmp_path / "bare")
    assert call(bare, "replicas")[1] == "The bucket holds no replica.\n"
    assert call(bare, "replicas", "--json")[1] == "[]\n"


def test_a_bucket_that_does_not_answer_is_said(bucket: Bucket, tmp_path: Path, call: Call) -> None:
    config = tmp_path / "dead.conf"
    config.write_text(
        re.sub(
            r"(?m)^endpoint = .*$", "endpoint = http://127.0.0.1:9", Path(bucket.rclone_config).read_text()
        )
    )
    dead = AppBox(dataclasses.replace(bucket, rclone_config=str(config)), tmp_path / "box")
    for action in ([], ["delete", "--older"], ["export", "00c0ffee", "--to", str(tmp_path / "to")]):
        code, output, error = call(dead, "replicas", *action)
        assert (code, output) == (1, "")
        assert "The bucket cannot be reached" in error


def test_a_box_without_a_bucket_says_what_is_missing(tmp_path: Path, call: Call) -> None:
    unset = AppBox(Bucket("rclone", "", "litestream", ""), tmp_path / "unset")
    assert "BEARBLOG_REPLICA_URL is empty" in call(unset, "replicas")[2]
    assert "BEARBLOG_REPLICA_URL is empty" in call(unset, "replicas", "delete", "--older")[2]
