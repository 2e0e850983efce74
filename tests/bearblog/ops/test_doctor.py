"""The doctor on a healthy box, and on sick ones."""

import json
import shutil
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bearblog.engines.replication import control, current
from bearblog.engines.vitals import report
from bearblog.engines.vitals.findings import Grade
from tests.app_box import AppBox


@pytest.fixture(autouse=True)
def no_bucket(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the boxes replicate to is called a folder on their own disk."""
    usual = AppBox.environment
    monkeypatch.setattr(AppBox, "environment", lambda box: usual(box) | {"BEARBLOG_OFF_SITE": "false"})


@pytest.fixture
def healthy(app_box: AppBox) -> AppBox:
    """A box that replicates and has its host files."""
    app_box.start()
    control.wait_until_replicated(app_box.sync_socket, timeout=20)
    (app_box.folder / "hosts").mkdir()
    (app_box.folder / "hosts/notes.bear.localhost").touch()
    assert app_box.manage("pages", "open").returncode == 0
    return app_box


def examine(box: AppBox) -> tuple[int, dict[str, dict[str, Any]]]:
    done = box.manage("doctor", "--json")
    assert "Traceback" not in done.stderr
    return done.returncode, {finding["name"]: finding for finding in json.loads(done.stdout)}


def test_a_healthy_box_without_a_bucket_is_warned_of_loudly(healthy: AppBox) -> None:
    code, findings = examine(healthy)
    grades = {name: finding["grade"] for name, finding in findings.items()}
    assert code == 0
    assert [grades.pop(name) for name in ("off site", "second bucket")] == ["warning", "warning"]
    assert set(grades) == {
        "sqlite", "write lock", "migrations", "database", "disk", "queue", "letters", "hosts", "pages",
        "canary", "drill", "survey", "litestream", "wal", "replication", "bucket", "one writer", "backups",
        "newest backup", "mail", "dns",
    }  # fmt: skip
    # The disk is that of the machine the test runs on.
    del grades["disk"]
    assert set(grades.values()) == {"ok"}
    assert "NO BUCKET" in findings["off site"]["sentence"]


def test_the_report_is_a_line_for_each_thing(bare_box: AppBox) -> None:
    done = bare_box.manage("doctor")
    assert done.returncode == 1
    assert "WARNING  off site: NO BUCKET" in done.stdout
    assert "FAIL     migrations: Migrations wait to be applied" in done.stdout
    assert "FAIL     bucket: This box has claimed no prefix. -- Run the playbook again." in done.stdout


def test_each_trouble_is_named_with_its_mending(healthy: AppBox, bare_box: AppBox) -> None:
    healthy.lose_litestream()
    shutil.rmtree(healthy.folder / "hosts")
    bare_box.claim(start_new=True)
    old = datetime.now(UTC) - timedelta(days=3)
    healthy.bucket.write(f"backups/daily/{old:%Y%m%dT%H%M%SZ}/manifest.json", b"")
    code, findings = examine(healthy)
    assert code == 1
    failed = {name for name, finding in findings.items() if finding["grade"] == "fail"}
    assert failed >= {"replication", "hosts", "one writer", "backups"}
    assert bare_box.prefix in findings["one writer"]["sentence"]
    assert findings["hosts"]["mend"] == "Run: bearblog rebuild_hosts."


def test_a_damaged_current_fails_one_examination_only(healthy: AppBox) -> None:
    healthy.bucket.write(f"backups/daily/{datetime.now(UTC):%Y%m%dT%H%M%SZ}/manifest.json", b"")
    healthy.bucket.write(current.OBJECT, b"{")
    _, findings = examine(healthy)
    assert findings["one writer"]["grade"] == "fail"
    assert "is damaged" in findings["one writer"]["sentence"]
    assert findings["replication"]["grade"] == "ok"
    assert "The newest backup set in the bucket is of" in findings["backups"]["sentence"]


def test_pages_that_readers_should_not_see_are_noticed(healthy: AppBox) -> None:
    pages = healthy.folder / "cache/pages"
    before = (pages / "current").readlink()
    (pages / "current").unlink()
    (pages / "current").symlink_to("another-release")
    assert examine(healthy)[1]["pages"]["grade"] == "warning"
    (pages / "current").unlink()
    (pages / "current").symlink_to(before)
    healthy.execute("UPDATE blogs_blog SET version = version + 1")
    code, findings = examine(healthy)
    assert code == 1
    assert findings["pages"]["grade"] == "fail"
    assert findings["pages"]["sentence"].startswith("1 hosts lead to pages that are not the newest")


def test_the_report_is_kept_whatever_it_says(bare_box: AppBox) -> None:
    (folder := bare_box.folder.with_name(f"{bare_box.folder.name}-doctor")).mkdir()
    done = bare_box.manage("doctor", "--record")
    assert done.returncode == 0, done.stderr
    kept = report.read(folder / "report.json")
    assert kept is not None
    assert datetime.now(UTC) - kept.moment < timedelta(minutes=1)
    assert {finding.name for finding in kept.findings} >= {"bucket", "disk", "off site"}
    failed = sum(finding.grade is Grade.FAIL for finding in kept.findings)
    assert failed > 0
    assert done.stdout.startswith(f"The report is kept: {failed} failed, ")


def test_a_report_that_cannot_be_kept_is_told(bare_box: AppBox) -> None:
    done = bare_box.manage("doctor", "--record")
    assert done.returncode == 1
    assert "report.json could not be written (No such file or directory)." in done.stderr
    assert "systemctl start bearblog-doctor" in done.stderr


def test_a_bucket_that_says_nothing_and_a_held_database_are_not_waited_for(
    healthy: AppBox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stuck := tmp_path / "rclone").write_text("#!/bin/sh\nexec tail -f /dev/null\n")
    stuck.chmod(0o755)
    usual = AppBox.environment
    monkeypatch.setattr(
        AppBox, "environment", lambda box: usual(box) | {"BEARBLOG_RCLONE_BINARY": str(stuck)}
    )
    with closing(healthy.connect()) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        code, findings = examine(healthy)
        seconds = time.monotonic() - began
        other.rollback()
    assert code == 1
    assert findings["bucket"]["sentence"] == "The bucket did not answer within 5 seconds."
    assert findings["one writer"]["sentence"] == "Not asked: see the line bucket."
    assert findings["write lock"]["grade"] == "fail"
    # The start of the process included.
    assert seconds < 20
