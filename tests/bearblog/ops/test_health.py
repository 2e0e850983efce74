"""What the box asks its web process."""

import sqlite3

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from bearblog.lib import sqlite
from bearblog.ops import health


def test_a_running_process_says_ok_without_the_database(
    main: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = main.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


def test_a_ready_box_says_ready(main: Client, db: None) -> None:
    response = main.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")


def test_readiness_is_not_public(main: Client, db: None) -> None:
    assert main.get("/readyz", headers={"x-real-ip": "192.0.2.1"}).status_code == 404


def test_an_old_sqlite_is_named(main: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "OLDEST_SAFE_VERSION", (99, 0, 0))
    response = main.get("/readyz")
    assert response.status_code == 503
    assert "99.0.0 or later is needed" in response.content.decode()


@pytest.mark.usefixtures("without_posts")
def test_a_migration_that_waits_is_named(main: Client) -> None:
    response = main.get("/readyz")
    assert response.status_code == 503
    assert "posts 0001_initial" in response.content.decode()


@pytest.mark.usefixtures("committed_db")
def test_a_write_lock_that_cannot_be_had_is_named(main: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        response = main.get("/readyz")
    finally:
        other.close()
        connection.close()
    assert response.status_code == 503
    assert "cannot be written now: database is locked" in response.content.decode()


@pytest.mark.usefixtures("committed_db")
def test_asking_writes_nothing() -> None:
    before = connection.cursor().execute("PRAGMA data_version").fetchone()
    assert all(check.is_ok for check in health.check_all())
    assert connection.cursor().execute("PRAGMA data_version").fetchone() == before
