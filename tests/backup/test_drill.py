"""drill.sh: a real replica and a real set in a real bucket come back, and each kind of damage is said."""

import dataclasses
import fcntl
import json
import secrets
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bearblog.engines.replication import control
from deploy.stage.seaweed import Seaweed
from tests.app_box import AppBox
from tests.backup.scratch_box import PROJECT
from tests.listener import Listener
from tests.rendering import render
from tests.replicas import await_true, make_bucket

BLOGS = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.services import create_blog
alice = User.objects.create_superuser("alice@example.org", "an honest pass phrase")
for name in ("notes", "letters"):
    create_blog(owner=alice, title=name, subdomain=name)
"""


def flip_a_byte(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]


def cut_short(content: bytes) -> bytes:
    return content[: len(content) // 2]


def lose(content: bytes) -> None:
    return None


@dataclasses.dataclass(frozen=True)
class DrillBox:
    """A box that replicates and has made one backup set; nothing runs on it any more."""

    app: AppBox
    root: Path
    credentials: Path

    @property
    def drills(self) -> Path:
        return self.root / "drills"

    def run(self, script: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        environment = self.app.environment() | {
            "PATH": f"{PROJECT / '.venv/bin'}:/usr/bin:/bin",
            "TMPDIR": str(self.root / "tmp"),
            "AWS_SHARED_CREDENTIALS_FILE": str(self.credentials),
            "BEARBLOG_BACKUPS_DIR": str(self.root / "backups"),
            "BEARBLOG_CREDENTIALS_DIR": str(self.root / "credentials"),
            "BEARBLOG_DRILL_DIR": str(self.drills),
        }
        return subprocess.run(
            [str(PROJECT / "backup" / script), *arguments],
            env=environment | more,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def rehearse(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Runs the drill, after which the box is as it was."""
        before = self.state()
        done = self.run("drill.sh", "--now", *arguments, **more)
        assert self.state() == before
        return done

    def state(self) -> list[bytes]:
        """Everything that a drill must leave alone, and a scratch folder that must be empty."""
        assert list((self.root / "tmp").iterdir()) == []
        files = sorted(self.app.folder.glob("bearblog.sqlite3*"))
        return [*(file.read_bytes() for file in files), self.app.bucket.read("current") or b""]

    def refuse(self, *arguments: str, **more: str) -> str:
        """The complaint of a drill that fails, and that is recorded in the same words."""
        done = self.rehearse(*arguments, **more)
        assert done.returncode == 1, done.stdout
        record = self.records()[-1]
        assert record["verdict"] == "failed"
        assert record["reason"] in done.stderr
        return str(record["reason"])

    @contextmanager
    def damaged(self, path: str, damage: Callable[[bytes], bytes | None]) -> Iterator[None]:
        """Damages an object of the bucket, and puts it back; None deletes it."""
        whole = self.app.bucket.read(path)
        assert whole
        content = damage(whole)
        if content is None:
            self.app.bucket.delete(path)
        else:
            self.app.bucket.write(path, content)
        try:
            yield
        finally:
            self.app.bucket.write(path, whole)

    def objects(self, folder: str) -> list[str]:
        bucket = self.app.bucket
        folders = [f"{folder}/{level.name}" for level in bucket.entries(folder)]
        return [f"{level}/{entry.name}" for level in folders for entry in bucket.entries(level)]

    def newest(self, folder: str) -> str:
        return f"{folder}/{self.app.bucket.entries(folder)[-1].name}"

    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.drills / "drills.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def lived(seaweed: Seaweed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DrillBox]:
    """The one box that all tests rehearse on."""
    root, name = tmp_path_factory.mktemp("drill"), f"drill-{secrets.token_hex(4)}"
    seaweed.make_bucket(name)
    for folder in ("tmp", "backups", "credentials", "drills"):
        (root / folder).mkdir()
    seaweed.write_credentials(root / "credentials/bucket")
    box = DrillBox(AppBox(make_bucket(seaweed, name, root), root / "box"), root, root / "credentials/bucket")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(box.credentials))
        done = box.app.manage("shell", "--no-imports", "--command", BLOGS)
        assert done.returncode == 0, done.stderr
        box.app.claim()
        box.app.start()
        box.app.start_worker()
        await_true(lambda: box.app.value("SELECT count(*) FROM replication_canary") == 1)
        control.wait_until_replicated(box.app.sync_socket, timeout=20)
        done = box.run("backup.sh", "--now")
        assert done.returncode == 0, done.stdout + done.stderr
        box.app.stop()
        yield box


@pytest.fixture
def box(lived: DrillBox) -> DrillBox:
    """The same box, with nothing on record."""
    (lived.drills / "drills.jsonl").unlink(missing_ok=True)
    return lived


def test_replica_and_set_come_back_and_are_recorded(box: DrillBox) -> None:
    done = box.rehearse()
    assert done.returncode == 0, done.stdout + done.stderr
    for line in ("Replica: whole,", "Rehearsed the replica: passed", "Rehearsed the snapshot: passed"):
        assert line in done.stdout
    replica, snapshot = box.records()
    assert (replica["source"], snapshot["source"]) == ("replica", "snapshot")
    for record in (replica, snapshot):
        assert (record["verdict"], record["reason"], record["pages"]) == ("passed", "", 2)
        assert record["moment"] < record["date"]
        assert record["rows"] > 20


def test_one_of_the_two_can_be_rehearsed_alone(box: DrillBox) -> None:
    assert "Rehearsed the snapshot" in box.rehearse("--snapshot").stdout
    assert [record["source"] for record in box.records()] == ["snapshot"]


@pytest.mark.parametrize("damage", [flip_a_byte, cut_short])
def test_a_damaged_replica_fails(box: DrillBox, damage: Callable[[bytes], bytes | None]) -> None:
    with box.damaged(box.newest(f"{box.app.prefix}/0009"), damage):
        assert "is damaged or not whole" in box.refuse("--replica")
    assert box.records()[0]["moment"] is None


def test_a_replica_without_its_beginning_fails(box: DrillBox) -> None:
    with ExitStack() as lost:
        for path in box.objects(box.app.prefix):
            if "/0000000000000001-" in path:
                lost.enter_context(box.damaged(path, lose))
        assert "is damaged: its beginning is gone" in box.refuse("--replica")


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [(flip_a_byte, "is damaged"), (cut_short, "is damaged"), (lose, "cannot be read")],
)
def test_a_damaged_set_fails(box: DrillBox, damage: Callable[[bytes], bytes | None], sentence: str) -> None:
    # Made on a day without a set of the month, so that there are two; this is the one that is taken.
    stamp = box.app.bucket.entries("backups/monthly")[-1].name
    with box.damaged(f"backups/monthly/{stamp}/database.sqlite3.zst", damage):
        assert sentence in box.refuse("--snapshot")


def test_a_bucket_without_a_set_fails(box: DrillBox) -> None:
    stamp = box.app.bucket.entries("backups/daily")[-1].name
    manifests = [f"backups/{shelf}/{stamp}/manifest.json" for shelf in ("daily", "monthly")]
    with box.damaged(manifests[0], lose), box.damaged(manifests[1], lose):
        assert box.refuse("--snapshot") == "the bucket holds no such set: latest"


def test_the_other_one_is_rehearsed_all_the_same(box: DrillBox) -> None:
    with box.damaged("current", lambda content: b"{"):
        done = box.rehearse()
    assert done.returncode == 1
    assert "Rehearsed the replica: failed" in done.stdout
    assert [record["verdict"] for record in box.records()] == ["failed", "passed"]
    assert "current" in box.records()[0]["reason"]


def test_a_bucket_that_is_down_fails(box: DrillBox) -> None:
    nowhere = box.root / "nowhere.conf"
    nowhere.write_text("[bucket]\ntype = alias\nremote = /proc/nowhere\n")
    assert box.refuse("--replica", BEARBLOG_RCLONE_CONFIG=str(nowhere))


def test_a_disk_that_is_short_of_space_is_refused(box: DrillBox) -> None:
    said = box.refuse("--replica", BEARBLOG_SPARE_BYTES=str(1 << 50))
    assert "is short of space: 1073741" in said


def test_a_replaced_box_rehearses_nothing(box: DrillBox) -> None:
    mark = box.app.folder / "superseded.json"
    mark.write_text("{}")
    try:
        assert "this box was replaced" in box.rehearse().stderr
    finally:
        mark.unlink()
    assert not (box.drills / "drills.jsonl").exists()


def test_its_switch_hears_how_it_ended(box: DrillBox, listener: Listener) -> None:
    address = box.root / "credentials/ping_drill"
    address.write_text(f"{listener.url}/uuid")
    box.rehearse("--snapshot")
    reason = box.refuse("--snapshot", BEARBLOG_SPARE_BYTES="1000000000000000")
    address.unlink()
    assert [posted.path for posted in listener.posted] == [
        "/uuid/start",
        "/uuid",
        "/uuid/start",
        "/uuid/fail",
    ]
    assert b"Rehearsed the snapshot: passed" in listener.posted[1].body
    assert reason.encode() in listener.posted[3].body


def test_two_at_once_are_refused(box: DrillBox) -> None:
    with (box.drills / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert "is at work" in box.rehearse().stderr


def test_by_hand_it_runs_as_the_service_does(box: DrillBox) -> None:
    unit = box.root / "bearblog-drill.service"
    variables = {"backup_has_bucket": True, "backup_has_ping_drill": False}
    unit.write_text(render("systemd/bearblog-drill.service.j2", variables))
    program = box.root / "bin/systemd-run"
    program.parent.mkdir(exist_ok=True)
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\nexit 3\n')
    program.chmod(0o755)
    path = f"{program.parent}:/usr/bin:/bin"
    done = box.run("drill.sh", "--replica", BEARBLOG_DRILL_UNIT=str(unit), PATH=path)
    said = done.stdout.splitlines()
    assert done.returncode == 3
    assert said[-4:] == ["--", str(PROJECT / "backup/drill.sh"), "--now", "--replica"]
    options = set(said[:-4])
    assert {"--wait", "--pipe", "--property=User=bearblog", "--property=Nice=19"} <= options
    assert "--property=LoadCredential=bucket:/etc/bearblog/credentials/bucket" in options
    assert not [line for line in options if "ExecStart" in line or "Type=" in line or "#" in line]


def test_without_its_unit_it_says_what_to_do(box: DrillBox) -> None:
    assert "run the playbook, or use --now" in box.run("drill.sh", BEARBLOG_DRILL_UNIT="/nowhere").stderr
