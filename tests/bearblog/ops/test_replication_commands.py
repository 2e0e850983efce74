"""From a bare box to a replicated one, and back from nothing, by the commands that the playbook calls."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from bearblog.domain.blogs import stored_pages
from bearblog.engines.pagecache import stored
from bearblog.engines.pagecache.places import Place
from bearblog.engines.replication import control, current
from bearblog.engines.replication.bucket import Bucket
from tests.app_box import AppBox
from tests.bearblog.ops.conftest import Call
from tests.replicas import TREE, await_true, with_stuck_restore

MANIFEST = {
    "stamp": "20261121T024500Z",
    "release": "1",
    "sqlite": "3.53.0",
    "prefix": "",
    "database": {"sha256": "", "bytes": 0},
    "rows": {},
    "files": {},
}


@pytest.fixture
def lost(app_box: AppBox) -> AppBox:
    """A box that replicated, and is gone."""
    app_box.start()
    control.wait_until_replicated(app_box.sync_socket, timeout=20)
    app_box.stop()
    return app_box


def test_a_bare_box_claims_once(bare_box: AppBox) -> None:
    done = bare_box.manage("claim_replica")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["claimed"] is True
    assert told["changed"] is True
    assert told["prefix"] == bare_box.prefix
    again = json.loads(bare_box.manage("claim_replica").stdout)
    assert again["changed"] is False
    assert again["prefix"] == told["prefix"]


def test_a_bare_box_may_not_claim_another_ones_bucket_unasked(
    app_box: AppBox, bare_box: AppBox, call: Call
) -> None:
    code, _, error = call(bare_box, "claim_replica")
    assert code == 1
    assert "run restore.yml" in error
    _, output, _ = call(bare_box, "claim_replica", "--start-new")
    assert json.loads(output)["prefix"] == bare_box.prefix != app_box.prefix


def test_a_bare_box_gets_the_blog_back(lost: AppBox, bare_box: AppBox) -> None:
    done = bare_box.manage("restore_database")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["source"] == lost.prefix
    assert told["prefix"] == bare_box.prefix
    assert told["tables"]["blogs_blog"] == 1
    assert told["rows"] == sum(told["tables"].values())
    assert bare_box.value("SELECT subdomain FROM blogs_blog") == "notes"
    assert "1 pages of 1 blogs" in told["prepared"]["found"]
    assert "It holds no canary" in told["prepared"]["warnings"][0]


def test_a_restore_that_is_stopped_puts_everything_back(
    lost: AppBox, bare_box: AppBox, tmp_path: Path
) -> None:
    before = lost.bucket.read(current.OBJECT)
    bare_box.bucket = with_stuck_restore(lost.bucket, tmp_path)
    command = [sys.executable, "manage.py", "restore_database"]
    with subprocess.Popen(
        command, cwd=TREE, env=bare_box.environment(), stderr=subprocess.DEVNULL
    ) as process:
        await_true(lambda: lost.bucket.read(current.OBJECT) not in (before, b""))
        process.terminate()
        assert process.wait(timeout=10) == 1
    assert lost.bucket.read(current.OBJECT) == before
    assert not [file for file in bare_box.folder.iterdir() if file.name.startswith("bearblog.sqlite3")]
    assert not bare_box.installation_file.exists()


@pytest.mark.usefixtures("kept_signals")
def test_a_database_is_replaced_only_when_asked(
    lost: AppBox, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "CACHE_DIR", lost.folder / "cache")
    place = Place("1", 7, 1, "notes.bear.localhost", "/")
    assert stored.write(stored_pages.pages(), place, b"a page of another moment", "text/html")
    code, _, error = call(lost, "restore_database")
    assert code == 1
    assert "needs --replace" in error
    assert stored.read(stored_pages.pages(), place) is not None
    done = lost.manage("restore_database", "--replace")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert Path(told["set_aside"]).exists()
    assert list(told["parts"]) == ["fetched", "checked", "looked at"]
    assert stored.read(stored_pages.pages(), place) is None


@pytest.mark.usefixtures("kept_signals")
@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("2001-01-01T00:00:00Z", "No replica reaches back to 2001-01-01"),
        ("2001-01-01", "no moment with a time zone"),
        ("yesterday", "no moment with a time zone"),
        ("2999-01-01T00:00:00Z", "lies in the future"),
    ],
)
def test_a_moment_that_cannot_be_had_is_refused(
    lost: AppBox, bare_box: AppBox, call: Call, at: str, sentence: str
) -> None:
    code, _, error = call(bare_box, "restore_database", "--at", at)
    assert code == 1
    assert sentence in error
    assert not bare_box.database.exists()


@pytest.mark.usefixtures("kept_signals")
def test_a_damaged_replica_names_the_sets_and_the_variable(
    lost: AppBox, bare_box: AppBox, call: Call
) -> None:
    lost.bucket.write(current.OBJECT, b"{")
    code, _, error = call(bare_box, "restore_database")
    assert code == 1
    assert "is damaged" in error
    assert "The bucket holds no whole backup set" in error
    content = json.dumps(MANIFEST).encode()
    lost.bucket.write("backups/daily/20261121T024500Z/manifest.json", content)
    assert "-e restore_from=snapshot:20261121T024500Z" in call(bare_box, "restore_database")[2]
    assert not bare_box.database.exists()


def test_a_database_that_lost_its_rows_is_not_placed_unless_it_must_be(
    lost: AppBox, bare_box: AppBox
) -> None:
    lost.execute(
        "INSERT INTO replication_canary (moment, rows) VALUES (datetime(), ?)", '{"posts_post": 1000}'
    )
    lost.start()
    control.wait_until_replicated(lost.sync_socket, timeout=20)
    lost.stop()
    before = lost.bucket.read(current.OBJECT)
    done = bare_box.manage("restore_database")
    assert done.returncode == 1
    assert "Rows are missing: posts_post has 0, its newest canary counted 1000." in done.stderr
    assert "restore_unchecked=true" in done.stderr
    assert not list(bare_box.folder.glob("bearblog.sqlite3*"))
    assert lost.bucket.read(current.OBJECT) == before
    done = bare_box.manage("restore_database", "--unchecked")
    assert done.returncode == 0, done.stderr
    assert "Rows are missing" in json.loads(done.stdout)["prepared"]["warnings"][0]
    assert bare_box.value("SELECT subdomain FROM blogs_blog") == "notes"


@pytest.mark.usefixtures("kept_signals")
def test_an_empty_bucket_cannot_be_restored(bare_box: AppBox, call: Call) -> None:
    assert "no box ever claimed it. Besides releases, it is empty." in call(bare_box, "restore_database")[2]


def test_the_status_tells_how_far_the_replica_is(app_box: AppBox, call: Call) -> None:
    app_box.start()
    assert call(app_box, "wait_replicated")[1].endswith("is in a folder on this box's own disk.\n")
    told = json.loads(call(app_box, "replication_status", "--json")[1])
    assert told["prefix"] == app_box.prefix
    assert told["standing"] == "named"
    assert told["replicated"] == told["transaction"]
    assert "standing     named" in call(app_box, "replication_status")[1]


def test_waiting_for_a_litestream_that_is_down_fails_in_time(app_box: AppBox, call: Call) -> None:
    code, _, error = call(app_box, "wait_replicated", "--timeout", "0.6")
    assert code == 1
    assert "Litestream cannot be asked" in error


def test_a_replaced_box_never_says_that_it_is_replicated(app_box: AppBox, call: Call) -> None:
    app_box.start()
    (app_box.folder / "superseded.json").write_text("{}")
    code, _, error = call(app_box, "wait_replicated")
    assert code == 1
    assert "Another box took over" in error


def test_a_box_without_a_replica_says_what_is_missing(tmp_path: Path, call: Call) -> None:
    box = AppBox(Bucket("rclone", "", "litestream", ""), tmp_path / "unset")
    assert "BEARBLOG_REPLICA_URL is empty" in call(box, "claim_replica")[2]
