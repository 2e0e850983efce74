"""What people are told, and given back, when the database takes nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from django.db import connection
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post

NEW = "/studio/alice/posts/new/"
WORDS = {"header": "title: A day", "text": "It rained.\nThen it stopped.", "do": "save"}

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def author(main: Client, alice: User, blog: Blog) -> Client:
    main.force_login(alice)
    main.raise_request_exception = False
    return main


@contextmanager
def somebody_writes() -> Iterator[None]:
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        connection.cursor().execute("PRAGMA busy_timeout = 20")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


@contextmanager
def a_full_disk() -> Iterator[None]:
    cursor = connection.cursor()
    cursor.execute("PRAGMA page_count")
    (pages,) = cursor.fetchone()
    cursor.execute("PRAGMA max_page_count")
    (usual,) = cursor.fetchone()
    cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        cursor.execute(f"PRAGMA max_page_count = {usual}")


LONG = WORDS | {"text": "It rained.\n" * 20_000}


def test_where_there_is_room_a_post_is_saved(author: Client) -> None:
    assert author.post(NEW, WORDS).status_code == 302
    assert Post.objects.get().text == WORDS["text"]


def test_a_lock_that_is_held_for_too_long_costs_no_word(author: Client) -> None:
    with somebody_writes():
        response = author.post(NEW, WORDS)
    page = response.content.decode()
    assert response.status_code == 503
    assert f"Reference: <code>{response.headers['X-Request-Id']}</code>" in page
    assert response.headers["Retry-After"] == "5"
    assert "busier than it can take" in page
    assert WORDS["text"] in page
    assert "Send again" in page
    assert not Post.objects.exists()


def test_a_full_disk_costs_no_word(author: Client) -> None:
    with a_full_disk():
        response = author.post(NEW, LONG)
    page = response.content.decode()
    assert response.status_code == 503
    assert "The disk of this site is full" in page
    assert "It rained.\nIt rained." in page
    assert not Post.objects.exists()
    assert author.post(NEW, LONG).status_code == 302


def test_the_editor_s_script_is_told_in_a_line(author: Client) -> None:
    with somebody_writes():
        response = author.post(NEW, WORDS, headers={"accept": "application/json"})
    assert response.status_code == 503
    assert response.json()["message"].startswith("Not saved: The site is busier")
    assert response.headers["X-Request-Id"]


def test_another_fault_is_a_fault(author: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE blogs_revision RENAME TO elsewhere")
    try:
        assert author.post(NEW, WORDS).status_code == 500
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE elsewhere RENAME TO blogs_revision")
