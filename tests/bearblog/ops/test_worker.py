"""The worker as a real process: what it heals, what it watches, how it ends."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bearblog.engines.replication import current, installation
from tests.app_box import AppBox
from tests.replicas import await_true

LINK = "cache/pages/current/hosts/notes.bear.localhost"
TASK_STATUS = "SELECT status FROM django_tasks_database_dbtaskresult"


LETTER = "from django.core.mail import send_mail; send_mail('Hello', 'text', None, ['bob@example.org'])"


def test_it_heals_what_a_crash_left_half_done(app_box: AppBox) -> None:
    done = app_box.manage("shell", "--no-imports", "--command", LETTER)
    assert done.returncode == 0, done.stderr
    app_box.execute("UPDATE outbox_letter SET status = 'sending'")
    app_box.execute(
        "UPDATE django_tasks_database_dbtaskresult SET status = 'RUNNING', started_at = '2026-11-21'"
    )
    app_box.start_worker()
    assert [file.name for file in (app_box.folder / "hosts").iterdir()] == ["notes.bear.localhost"]
    assert app_box.value("SELECT status FROM outbox_letter") == "unsure"
    await_true(lambda: app_box.value(TASK_STATUS) == "SUCCESSFUL")
    assert "1 tasks returned" in app_box.stop_worker()[1]


def test_it_runs_tasks_and_mirrors_media_and_ends_at_once(app_box: AppBox) -> None:
    folder = app_box.folder / "media/ab"
    folder.mkdir(parents=True)
    (folder / "abc.jpg").write_bytes(b"a picture")
    app_box.start_worker()
    await_true(lambda: app_box.value(TASK_STATUS) == "SUCCESSFUL")
    await_true(lambda: app_box.bucket.read("media/ab/abc.jpg") == b"a picture")
    code, log = app_box.stop_worker()
    assert code == 0
    assert "Traceback" not in log


def test_a_late_claim_is_made(app_box: AppBox) -> None:
    own = installation.read(app_box.installation_file)
    assert own is not None
    installation.write(app_box.installation_file, installation.Installation(own.claim, claimed=False))
    app_box.bucket.delete(current.OBJECT)
    app_box.start_worker()
    app_box.stop_worker()
    found = current.read(app_box.bucket)
    assert found is not None
    assert found.living == own.claim
    assert found.site == "https://bear.localhost:8443/"
    assert json.loads(app_box.installation_file.read_text())["claimed"] is True


def test_a_replaced_box_rests_until_it_is_named_again(app_box: AppBox, bare_box: AppBox) -> None:
    before = app_box.bucket.read(current.OBJECT) or b""
    bare_box.claim(start_new=True)
    app_box.start_worker()
    told = json.loads((app_box.folder / "superseded.json").read_text())
    assert told["prefix"] == bare_box.prefix
    assert told["site"] == "https://bear.localhost:8443/"
    ready = time.monotonic()
    # It still serves.
    assert version_of(app_box.folder / LINK) == app_box.value("SELECT version FROM blogs_blog")
    # Longer than the task loop's own pause.
    await_true(lambda: time.monotonic() > ready + 1.5)
    code, log = app_box.stop_worker()
    assert code == 0
    assert "Another box took over" in log
    assert app_box.value(TASK_STATUS) == "READY"
    app_box.bucket.write(current.OBJECT, before)
    app_box.start_worker()
    assert not (app_box.folder / "superseded.json").exists()
    await_true(lambda: app_box.value(TASK_STATUS) == "SUCCESSFUL")
    app_box.stop_worker()


def test_a_bucket_out_of_order_stops_no_task(app_box: AppBox) -> None:
    Path(app_box.bucket.rclone_config).write_text("[bucket]\ntype = alias\nremote = /proc/nowhere\n")
    app_box.start_worker()
    await_true(lambda: app_box.value(TASK_STATUS) == "SUCCESSFUL")
    code, log = app_box.stop_worker()
    assert code == 0
    assert "Asking the bucket who writes" in log


def test_it_keeps_links_right_and_shows_what_was_put_off(app_box: AppBox) -> None:
    link = app_box.folder / LINK
    app_box.start_worker()
    # Whoever waited for it finds the links in place.
    assert app_box.value("SELECT version FROM blogs_blog") == version_of(link)
    # In one step: the worker makes it anew while it would be emptied.
    (app_box.folder / "cache/pages").rename(app_box.folder / "cache/gone")
    await_true(link.is_symlink)
    app_box.execute("UPDATE blogs_blog SET version = version + 1, updated_at = ?", moment(-1))
    await_true(lambda: version_of(link) == app_box.value("SELECT version FROM blogs_blog"))
    before = version_of(link)
    app_box.execute(
        "INSERT INTO posts_post (blog_id, is_page, title, slug, text, status, published_at, created_at,"
        " updated_at, creation_key, canonical_url, meta_description, meta_image, language, class_name,"
        " is_discoverable, like_count, score, is_hidden)"
        " SELECT id, 0, 'T', 't', '', 'published', ?, ?, ?, hex(randomblob(16)), '', '', '', '', '',"
        " 1, 0, 0, 0 FROM blogs_blog",
        *[moment(1)] * 3,
    )
    await_true(lambda: version_of(link) == before + 1)
    app_box.stop_worker()


def version_of(link: Path) -> int:
    return int(link.readlink().parent.name)


def moment(seconds: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).replace(tzinfo=None).isoformat(" ")
