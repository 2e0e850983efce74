"""Who gets into which room: nobody, Bob, Charlie, Alice and the staff at every studio and staff address."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post
from bearblog.engines.outbox.models import Letter
from bearblog.web.staff.urls import urlpatterns as staff_addresses
from bearblog.web.studio.urls import urlpatterns as studio_addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(blog: Blog) -> Post:
    return create_post(blog=blog, title="Honey", text="Words")


def rooms(pattern: URLPattern, room: str, post_or_letter: int) -> str:
    route = str(pattern.pattern).replace("<str:subdomain>", "alice").replace("<int:pk>", str(post_or_letter))
    return f"/{room}/{route}"


@pytest.fixture
def blog_rooms(post: Post) -> list[str]:
    return [rooms(pattern, "studio", post.pk) for pattern in studio_addresses if str(pattern.pattern)]


@pytest.fixture
def staff_rooms() -> list[str]:
    letter = Letter.objects.create(
        sender="a@example.org", recipient="b@example.org", subject="Hello", text=""
    )
    return [rooms(pattern, "staff", letter.pk) for pattern in staff_addresses]


def test_nobody_is_asked_to_sign_in(main: Client, blog_rooms: list[str], staff_rooms: list[str]) -> None:
    for address in ["/studio/", *blog_rooms, *staff_rooms]:
        for response in (main.get(address), main.post(address)):
            assert (response.status_code, response.headers.get("Location", "")[:15]) in (
                (302, "/account/login/"),
                (405, ""),
            ), address


def test_nobody_elses_blog_is_there_for_bob_and_charlie(
    signed_in: Callable[[User], Client], bob: User, charlie: User, blog_rooms: list[str]
) -> None:
    for person in (bob, charlie):
        client = signed_in(person)
        for address in blog_rooms:
            statuses = {client.get(address).status_code, client.post(address).status_code}
            assert statuses <= {404, 405}, address
            assert 404 in statuses, address


def test_alice_gets_into_every_room_of_hers(studio: Client, blog_rooms: list[str]) -> None:
    for address in ["/studio/", *blog_rooms]:
        expected = 405 if address.endswith("/preview/") else 200
        assert studio.get(address).status_code == expected, address


def test_the_desk_is_not_there_for_people_who_are_not_staff(
    signed_in: Callable[[User], Client], bob: User, charlie: User, staff_rooms: list[str]
) -> None:
    for person in (bob, charlie):
        client = signed_in(person)
        for address in staff_rooms:
            statuses = {client.get(address).status_code, client.post(address).status_code}
            assert statuses <= {404, 405}, address
            assert 404 in statuses, address


def test_staff_get_to_the_desk_and_not_into_the_blogs_of_others(
    signed_in: Callable[[User], Client], bob: User, blog_rooms: list[str], staff_rooms: list[str]
) -> None:
    bob.is_staff = True
    bob.save()
    client = signed_in(bob)
    assert [client.get(address).status_code for address in staff_rooms] == [200] * len(staff_rooms)
    assert {client.get(address).status_code for address in blog_rooms} <= {404, 405}


def test_a_post_of_another_blog_is_not_reached_through_ones_own(
    signed_in: Callable[[User], Client], bob: User, post: Post
) -> None:
    client = signed_in(bob)
    client.post("/studio/", {"title": "Bob's", "subdomain": "bob"})
    for address in (f"/studio/bob/posts/{post.pk}/", f"/studio/bob/posts/{post.pk}/delete/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"title": "Mine now", "text": "x"}).status_code == 404
    post.refresh_from_db()
    assert post.title == "Honey"


def test_no_page_of_the_studio_is_kept_by_a_shared_cache(studio: Client, blog_rooms: list[str]) -> None:
    for address in ["/studio/", *blog_rooms]:
        assert "private" in studio.get(address).headers.get("Cache-Control", "private")
