"""A database beside the release that is to read it."""

import json

import pytest

from tests.app_box import AppBox

NOTE = "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2026-11-28')"
LEAST_APPLIED = "SELECT count(*) FROM django_migrations WHERE app = 'replication'"


@pytest.fixture
def behind(app_box: AppBox) -> AppBox:
    """A box whose database lacks the newest tables."""
    assert app_box.manage("migrate", "replication", "zero").returncode == 0
    return app_box


def test_a_release_knows_the_schema_that_it_made(app_box: AppBox) -> None:
    done = app_box.manage("check_schema")
    assert (done.returncode, done.stdout) == (0, "This release knows the schema of the database.\n")


def test_an_older_schema_is_no_reason_to_refuse(behind: AppBox) -> None:
    assert behind.manage("check_schema").returncode == 0


def test_a_database_that_a_newer_release_wrote_is_refused(app_box: AppBox) -> None:
    app_box.execute(NOTE, "posts", "0999_from_the_future")
    for command in ("check_schema", "rehearse_migrations"):
        done = app_box.manage(command)
        assert done.returncode == 1
        assert (
            "by a newer release than this one, which does not know posts.0999_from_the_future" in done.stderr
        )


def test_an_app_that_the_release_has_no_longer_is_no_newer_schema(app_box: AppBox) -> None:
    app_box.execute(NOTE, "gone", "0001_initial")
    assert app_box.manage("check_schema").returncode == 0


def test_migrations_run_on_a_copy_and_the_living_database_stays(behind: AppBox) -> None:
    found = json.loads(behind.manage("rehearse_migrations", "--json").stdout)
    assert "replication.0001_canaries" in found["applied"]
    assert 0 < found["seconds"] < 10
    assert found["rows"] > 0
    assert behind.value(LEAST_APPLIED) == 0


def test_where_nothing_waits_nothing_is_run(app_box: AppBox) -> None:
    done = app_box.manage("rehearse_migrations")
    assert done.returncode == 0
    assert done.stdout.startswith("no migrations: 0.0 s, ")


def test_a_migration_that_fails_is_said_before_it_meets_the_living_database(behind: AppBox) -> None:
    behind.execute("CREATE TABLE replication_canary (id INTEGER)")
    done = behind.manage("rehearse_migrations")
    assert done.returncode == 1
    assert "A migration failed on a copy of the database: table" in done.stderr
    assert behind.value(LEAST_APPLIED) == 0


def test_a_migration_that_leaves_rows_without_their_like_is_refused(behind: AppBox) -> None:
    behind.execute("PRAGMA foreign_keys = OFF")
    behind.execute("UPDATE blogs_blog SET owner_id = 4711")
    done = behind.manage("rehearse_migrations")
    assert done.returncode == 1
    assert "A migration failed on a copy of the database: The row in table 'blogs_blog'" in done.stderr
