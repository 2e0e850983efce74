"""The front door."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def test_a_stranger_is_shown_the_way_in(main: Client) -> None:
    page = main.get("/").content.decode()
    assert "A quiet place to write" in page
    assert "/account/login/" in page
    assert "by invitation" in page


def test_where_sign_up_is_open_it_is_offered(main: Client, settings: Settings) -> None:
    settings.SIGNUP = "open"
    assert "/account/signup/" in main.get("/").content.decode()


def test_where_staff_decide_one_may_ask(main: Client, settings: Settings) -> None:
    settings.SIGNUP = "approval"
    page = main.get("/").content.decode()
    assert "Ask for a blog" in page
    assert "/account/signup/" in page


def test_where_nobody_is_taken_in_it_says_so(main: Client, settings: Settings) -> None:
    settings.SIGNUP = "closed"
    page = main.get("/").content.decode()
    assert "not taken in" in page
    assert "/account/signup/" not in page


def test_other_peoples_blogs_are_a_click_away_unless_discover_is_off(
    main: Client, settings: Settings
) -> None:
    assert "/discover/" in main.get("/").content.decode()
    settings.DISCOVER, settings.PAGES_KEY = False, "without discover"
    assert "/discover/" not in main.get("/").content.decode()


def test_it_shows_what_is_typed_what_is_read_and_the_ten_looks(main: Client) -> None:
    page = main.get("/").content.decode()
    assert "title: Rain on the tent" in page
    assert "<em>talked</em>" in page
    assert page.count('class="theme-picture"') == 10


def test_somebody_signed_in_is_shown_the_studio(studio: Client) -> None:
    assert "Open your studio" in studio.get("/").content.decode()


def test_copies_off_the_box_are_claimed_only_where_there_are_any(main: Client, settings: Settings) -> None:
    assert "copied away" not in main.get("/").content.decode()
    settings.OFF_SITE, settings.PAGES_KEY = True, "with copies"
    assert "copied away" in main.get("/").content.decode()


def test_the_landing_page_has_no_script(main: Client) -> None:
    assert "<script" not in main.get("/").content.decode()


def test_robots_are_asked_to_leave_the_rooms_alone(main: Client) -> None:
    response = main.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /studio/" in response.content.decode()
