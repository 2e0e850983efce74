"""What waits to be placed is brought up to this release and looked at."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite3

from tests.app_box import AppBox


@pytest.fixture
def folder(app_box: AppBox) -> Path:
    """The folder in which a restored database waits."""
    made = app_box.folder / "bearblog.sqlite3.restoring-x"
    made.mkdir()
    shutil.copyfile(app_box.database, made / "bearblog.sqlite3")
    return made


def execute(folder: Path, query: str, *parameters: object) -> None:
    with closing(sqlite3.connect(folder / "bearblog.sqlite3", isolation_level=None)) as connection:
        connection.execute(query, parameters)


def write_canary(folder: Path, rows: dict[str, int]) -> None:
    query = "INSERT INTO replication_canary (moment, rows) VALUES (datetime(), ?)"
    execute(folder, query, json.dumps(rows))


def test_a_whole_one_is_made_ready(app_box: AppBox, folder: Path) -> None:
    write_canary(folder, {"blogs_blog": 1})
    before = app_box.database.read_bytes()
    done = app_box.manage("prepare_restored", str(folder))
    assert done.returncode == 0, done.stderr
    assert "1 pages of 1 blogs" in done.stdout
    prepared = json.loads((folder / "prepared.json").read_text())
    assert prepared == {"found": done.stdout.strip(), "warnings": []}
    assert [file.name for file in folder.glob("bearblog.sqlite3*")] == ["bearblog.sqlite3"]
    assert app_box.database.read_bytes() == before


def test_one_of_an_older_release_without_canaries_is_brought_up_and_warned_of(
    app_box: AppBox, folder: Path
) -> None:
    execute(folder, "DROP TABLE replication_canary")
    execute(folder, "DELETE FROM django_migrations WHERE app = 'replication'")
    done = app_box.manage("prepare_restored", str(folder))
    assert done.returncode == 0, done.stderr
    assert "WARNING: It holds no canary" in done.stderr
    write_canary(folder, {})


def test_one_that_lost_rows_is_refused_and_taken_only_unchecked(app_box: AppBox, folder: Path) -> None:
    write_canary(folder, {"posts_post": 1000})
    done = app_box.manage("prepare_restored", str(folder))
    assert done.returncode == 1
    assert "Rows are missing: posts_post has 0" in done.stderr
    shutil.rmtree(folder / "cache")
    done = app_box.manage("prepare_restored", str(folder), "--unchecked")
    assert done.returncode == 0, done.stderr
    assert "WARNING: Taken as it is, although: Rows are missing" in done.stderr


def test_one_that_this_release_cannot_migrate_is_refused_even_unchecked(
    app_box: AppBox, folder: Path
) -> None:
    execute(folder, "DELETE FROM django_migrations WHERE app = 'replication'")
    done = app_box.manage("prepare_restored", str(folder), "--unchecked")
    assert done.returncode == 1
    assert "cannot be brought up to this release" in done.stderr
    assert "already exists" in done.stderr


def test_one_that_a_newer_release_wrote_is_refused_even_unchecked(app_box: AppBox, folder: Path) -> None:
    execute(
        folder,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('posts', '0999_future', '2026-11-28')",
    )
    done = app_box.manage("prepare_restored", str(folder), "--unchecked")
    assert done.returncode == 1
    assert "by a newer release than this one, which does not know posts.0999_future" in done.stderr
    assert "Nothing was changed" in done.stderr
