"""Whatever the application does, an answer comes within 3 seconds: the page as it was, or a sentence."""

import re
from typing import Any

import httpx
import pytest

from tests.caddy.conftest import MAIN_HOST, Application, Door
from tests.caddy.shelf import ATOM, PAGE, Shelf

BLOG = f"alice.{MAIN_HOST}"
REFUSAL = re.compile(
    r"The site is not answering just now\. Please try again in a few seconds\.\n\n"
    r"Reference: [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\n"
)
SECONDS = 3
OUTAGES: dict[str, dict[str, Any]] = {
    "broken": {"status": 500},
    "overloaded": {"status": 503},
    "behind another gateway": {"status": 502},
    "hung": {"is_hung": True},
    "dying": {"is_dying": True},
}


@pytest.fixture(scope="module")
def shelf(door: Door) -> Shelf:
    """Last good copies of pages that have changed since."""
    door.grant(BLOG)
    shelf = Shelf(door.folder / "cache")
    for host in (MAIN_HOST, BLOG):
        for path in ("/", "/a-post/"):
            shelf.put(host, path)
        shelf.put(host, "/feed/", b"<feed/>", ATOM)
        shelf.put(host, "/robots.txt", b"User-agent: *", "text/plain")
        shelf.publish(host)
    return shelf


def visit(door: Door, path: str = "/a-post/", host: str = BLOG, **options: Any) -> httpx.Response:
    return door.visit(host, path, timeout=SECONDS, **options)


def assert_is_refusal(answer: httpx.Response) -> None:
    assert answer.status_code == 503
    assert REFUSAL.fullmatch(answer.text)
    assert answer.headers.get_list("Retry-After") == ["5"]
    assert answer.headers.get_list("Cache-Control") == ["no-store"]
    assert answer.headers.get_list("X-Content-Type-Options") == ["nosniff"]
    assert "Server" not in answer.headers


@pytest.fixture(params=[None, *OUTAGES])
def outage(request: pytest.FixtureRequest, door: Door) -> Application | None:
    """What is the matter with the application; None where it is stopped, and its socket gone."""
    return door.application(**OUTAGES[request.param]) if request.param else None


def during(outage: Application | None, door: Door, path: str, host: str, **options: Any) -> httpx.Response:
    if outage is None:
        return visit(door, path, host, **options)
    with outage:
        return visit(door, path, host, **options)


@pytest.mark.parametrize("host", [BLOG, MAIN_HOST])
def test_a_page_that_has_changed_is_served_as_it_was(
    door: Door, shelf: Shelf, outage: Application | None, host: str
) -> None:
    answer = during(outage, door, "/a-post/", host)
    assert (answer.status_code, answer.content) == (200, PAGE)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers.get_list("Cache-Control") == ["public, max-age=0, must-revalidate"]
    (policy,) = answer.headers.get_list("Content-Security-Policy")
    assert "frame-ancestors 'none'" in policy
    assert not {"retry-after", "server", "via"} & answer.headers.keys()


@pytest.mark.parametrize("host", [BLOG, MAIN_HOST])
def test_a_page_that_nobody_has_read_is_a_sentence(
    door: Door, shelf: Shelf, outage: Application | None, host: str
) -> None:
    assert_is_refusal(during(outage, door, "/unread/", host))


@pytest.mark.parametrize(
    "asked",
    [
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Fri, 20 Nov 2099 00:00:00 GMT"},
        {"If-Unmodified-Since": "Fri, 20 Nov 2009 00:00:00 GMT"},
        {"If-Match": '"other"'},
        {"Range": "bytes=0-5"},
        {"Range": "bytes=99999-", "If-Range": '"other"'},
    ],
)
def test_the_whole_page_comes_whatever_was_asked_of_it(
    door: Door, shelf: Shelf, asked: dict[str, str]
) -> None:
    answer = visit(door, headers=asked)
    assert (answer.status_code, answer.content) == (200, PAGE)
    assert "Content-Range" not in answer.headers


def test_the_head_of_the_page_as_it_was_can_be_asked_for(door: Door, shelf: Shelf) -> None:
    answer = visit(door, method="HEAD")
    assert (answer.status_code, answer.content, answer.headers["Content-Length"]) == (
        200,
        b"",
        str(len(PAGE)),
    )


@pytest.mark.parametrize(
    ("path", "content", "content_type"),
    [("/feed/", b"<feed/>", ATOM), ("/robots.txt", b"User-agent: *", "text/plain; charset=utf-8")],
)
def test_feeds_and_other_files_are_served_as_they_were(
    door: Door, shelf: Shelf, path: str, content: bytes, content_type: str
) -> None:
    answer = visit(door, path)
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (
        200,
        content,
        content_type,
    )


def test_a_page_that_is_stored_does_not_wait(door: Door, shelf: Shelf) -> None:
    shelf.put(BLOG, "/stored/")
    with door.application(is_hung=True):
        assert visit(door, "/stored/").content == PAGE


def test_a_search_is_not_answered_by_the_whole_list(door: Door, shelf: Shelf) -> None:
    assert_is_refusal(visit(door, "/a-post/?q=x"))
    assert visit(door, "/a-post/?utm_source=x").content == PAGE


def test_pages_that_were_withdrawn_are_not_served_as_they_were(door: Door, shelf: Shelf) -> None:
    shelf.put(BLOG, "/withdrawn/")
    shelf.publish(BLOG)
    assert visit(door, "/withdrawn/").status_code == 200
    (shelf.pages.last / BLOG).unlink()
    try:
        assert_is_refusal(visit(door, "/withdrawn/"))
    finally:
        shelf.publish(BLOG)


@pytest.mark.parametrize("options", [{"method": "POST"}, {"headers": {"Cookie": "__Host-session=1"}}])
def test_people_who_are_signed_in_or_send_something_get_no_copy(
    door: Door, shelf: Shelf, options: dict[str, Any]
) -> None:
    with door.application(is_dying=True):
        answer = door.visit(MAIN_HOST, "/a-post/", **options)
    assert_is_refusal(answer)


@pytest.mark.parametrize("options", [{"method": "POST"}, {"headers": {"Cookie": "__Host-session=1"}}])
def test_they_read_what_the_application_says_of_its_failure(
    door: Door, shelf: Shelf, options: dict[str, Any]
) -> None:
    with door.application(status=500):
        answer = door.visit(MAIN_HOST, "/a-post/", **options)
    assert (answer.status_code, "POST" in answer.text or "GET" in answer.text) == (500, True)


def test_an_answer_that_is_no_failure_is_passed_on(door: Door, shelf: Shelf) -> None:
    for status in (301, 404, 410, 429):
        with door.application(status=status):
            assert visit(door, "/a-post/").status_code == status


def test_a_name_that_no_file_can_have_waits_no_longer(door: Door, shelf: Shelf) -> None:
    with door.application(is_hung=True):
        assert visit(door, f"/{'a' * 300}/").is_error
