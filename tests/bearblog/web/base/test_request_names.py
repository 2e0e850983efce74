"""The name of a request: in its lines, in what people see of a failure, and nowhere in a page."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.lib import request_id
from tests.journal_lines import JournalLine, journal_lines

pytestmark = pytest.mark.django_db

NAME = "706bb34f-8253-4024-8414-7bc3d2f4edc8"


@pytest.fixture
def lines() -> Iterator[list[JournalLine]]:
    """What Django writes down of requests."""
    with journal_lines("django.request") as said:
        yield said


@pytest.fixture
def broken(main: Client, alice: User) -> Client:
    """Alice, on a site whose tables are gone."""
    main.force_login(alice)
    main.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE blogs_blog RENAME TO blogs_gone")
    return main


def test_what_is_logged_of_a_request_names_it(main: Client, lines: list[JournalLine]) -> None:
    answer = main.get("/nowhere/?secret", headers={request_id.HEADER: NAME})
    assert answer.status_code == 404
    (line,) = lines
    assert (line["message"], line["request_id"]) == ("Not Found: /nowhere/", NAME)
    assert line["status_code"] == 404


def test_a_failure_is_one_line_and_its_page_names_it(broken: Client, lines: list[JournalLine]) -> None:
    answer = broken.get("/studio/?secret", headers={request_id.HEADER: NAME})
    assert answer.status_code == 500
    assert answer.headers[request_id.HEADER] == NAME
    assert f"Reference: <code>{NAME}</code>" in answer.content.decode()
    (line,) = lines
    assert (line["message"], line["request_id"]) == ("Internal Server Error: /studio/", NAME)
    assert line["exception"].endswith("no such table: blogs_blog")


def test_the_page_of_a_blog_that_failed_names_it(reader: Client, lines: list[JournalLine]) -> None:
    reader.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE posts_post RENAME TO posts_gone")
    answer = reader.get("/blog/", headers={request_id.HEADER: NAME})
    assert answer.status_code == 500
    assert f'<code dir="ltr">{NAME}</code>' in answer.content.decode()
    assert lines[-1]["request_id"] == NAME


def test_a_page_holds_no_name(reader: Client) -> None:
    answer = reader.get("/", headers={request_id.HEADER: NAME})
    assert answer.status_code == 200
    assert request_id.HEADER not in answer.headers
    assert NAME not in answer.content.decode()


def test_a_refusal_needs_no_name(main: Client) -> None:
    answer = main.post("/studio/", {"title": "Cave"}, headers={request_id.HEADER: NAME})
    assert answer.status_code < 500
    assert NAME not in answer.content.decode()
    assert request_id.HEADER not in answer.headers


def test_without_caddy_a_request_gets_a_name_of_its_own(main: Client) -> None:
    main.get(f"/healthz?{settings.MAIN_HOST}", headers={request_id.HEADER: "made up"})
    first = request_id.current()
    main.get("/healthz")
    assert len({first, request_id.current(), "made up", ""}) == 4
