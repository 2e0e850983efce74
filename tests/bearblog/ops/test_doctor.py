"""The doctor on a healthy box, and on sick ones."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bearblog.engines.replication import control, current
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
    assert grades.pop("off site") == "warning"
    assert set(grades) == {
        "sqlite", "write lock", "migrations", "database", "disk", "letters", "hosts", "pages", "litestream",
        "bucket", "one writer", "replication", "canary", "backups", "drill",
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
    healthy.bucket.write(f"backups/daily/{old:%Y%m%dT%H%M%SZ}/manifest", b"")
    code, findings = examine(healthy)
    assert code == 1
    failed = {name for name, finding in findings.items() if finding["grade"] == "fail"}
    assert failed >= {"replication", "hosts", "one writer", "backups"}
    assert bare_box.prefix in findings["one writer"]["sentence"]
    assert findings["hosts"]["mend"] == "Run: bearblog rebuild_hosts."


def test_a_damaged_current_fails_one_examination_only(healthy: AppBox) -> None:
    healthy.bucket.write(f"backups/daily/{datetime.now(UTC):%Y%m%dT%H%M%SZ}/manifest", b"")
    healthy.bucket.write(current.OBJECT, b"{")
    _, findings = examine(healthy)
    assert findings["one writer"]["grade"] == "fail"
    assert "is damaged" in findings["one writer"]["sentence"]
    assert findings["replication"]["grade"] == "ok"
    assert "The newest of 1 backup sets" in findings["backups"]["sentence"]


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
    assert findings["pages"]["sentence"].startswith("1 blogs lead readers to pages that are not their newest")
