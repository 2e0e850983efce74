"""An address that asks for more than a crowd of readers would is told to wait."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from bearblog.domain.blogs.models import Blog

At = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _two_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "PAGES_A_MINUTE", 2)


def answers(client: Client, *paths: str, **headers: str) -> list[int]:
    return [client.get(path, headers=headers).status_code for path in paths]


def test_the_third_page_in_a_minute_is_refused_in_words(reader: Client) -> None:
    assert answers(reader, "/", "/nothing/") == [200, 404]
    response = reader.get("/blog/")
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 30
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert f"in {response.headers['Retry-After']} seconds" in response.content.decode()


def test_a_page_from_disk_costs_nothing(reader: Client) -> None:
    assert answers(reader, *["/"] * 9, "/blog/", "/") == [200] * 11
    assert answers(reader, "/archive/", "/") == [429, 200]


def test_each_network_has_its_own(reader: Client) -> None:
    for address in ("203.0.113.9", "203.0.113.10", "2001:db8:1:1::1", "2001:db8:1:2::1"):
        assert answers(reader, "/?q=a", "/?q=a", "/?q=a", **{"x-real-ip": address})[1:] == [200, 429]
    assert answers(reader, "/?q=a", **{"x-real-ip": "2001:db8:1:1:ffff::2"}) == [429]


def test_a_cookie_buys_nothing_on_a_blog(reader: Client) -> None:
    reader.cookies["anything"] = "x"
    assert answers(reader, "/?q=a", "/?q=b", "/?q=c") == [200, 200, 429]


def test_the_main_site_has_the_same_pace_for_strangers(main: Client, db: None) -> None:
    assert answers(main, "/?q=a", "/nothing/", "/account/login/") == [200, 404, 429]


def test_who_is_signed_in_is_not_hurried(studio: Client, blog: Blog) -> None:
    assert answers(studio, *["/studio/"] * 5) == [200] * 5


def test_forms_have_limits_of_their_own(reader: Client) -> None:
    assert [reader.post("/preview/").status_code for _ in range(5)] == [403] * 5


def test_the_worker_is_not_hurried(reader: Client) -> None:
    for order in ("again", "compare"):
        assert answers(reader, *["/"] * 5, **{"x-bearblog-render": order}) == [200] * 5


def test_the_box_itself_has_no_address_and_no_limit(reader: Client) -> None:
    assert {reader.get("/?q=a", REMOTE_ADDR="").status_code for _ in range(5)} == {200}
