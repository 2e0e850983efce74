"""Doors that stay shut: whoever may enter which room at all, test_permissions.py says of every address."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Autosave, Blog, Membership
from bearblog.domain.media.models import MediaFile
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post
from bearblog.web.studio.urls import urlpatterns as studio_addresses

pytestmark = pytest.mark.django_db

OF_A_BLOG = [pattern for pattern in studio_addresses if "<str:subdomain>" in str(pattern.pattern)]


@pytest.fixture
def things(blog: Blog, bob: User) -> dict[str, int]:
    """What the numbers in the addresses name, all of it Bob's where it has an owner."""
    post = create_post(blog=blog, title="Honey", text="Words", author=bob)
    kept = Autosave.objects.create(blog=blog, user=bob, subject=f"post:{post.creation_key}", device=uuid4())
    guest = Membership.objects.create(blog=blog, email="guest@example.org", role="writer", token_hash="guest")
    file = MediaFile.objects.create(
        blog=blog, uploaded_by=bob, sha256="0" * 64, extension="txt", content_type="text/plain", size=1
    )
    return {"unsaved": kept.pk, "member": guest.pk, "media_file": file.pk, "": post.pk}


def address(pattern: URLPattern, things: dict[str, int], subdomain: str = "alice") -> str:
    number = things.get(pattern.name or "", things[""])
    route = str(pattern.pattern).replace("<str:subdomain>", subdomain).replace("<int:pk>", str(number))
    return f"/studio/{route}"


def test_an_invitation_that_was_not_accepted_opens_nothing(
    member: Callable[[str], Client], things: dict[str, int]
) -> None:
    client = member("editor")
    Membership.objects.update(accepted_at=None)
    for pattern in OF_A_BLOG:
        assert client.get(address(pattern, things)).status_code in (404, 405), pattern.name


def test_a_post_of_another_blog_is_not_reached_through_ones_own(
    signed_in: Callable[[User], Client], charlie: User, things: dict[str, int]
) -> None:
    Blog.objects.create(owner=charlie, title="Charlie's", subdomain="charlie")
    client = signed_in(charlie)
    for pattern in OF_A_BLOG:
        if "<int:pk>" in str(pattern.pattern):
            room = address(pattern, things, "charlie")
            assert client.get(room).status_code in (404, 405), room
            assert client.post(room, {"header": "title: Mine", "text": "x"}).status_code in (404, 405), room
    assert Post.objects.get().title == "Honey"


def test_no_page_of_the_studio_is_kept_by_a_shared_cache(studio: Client, things: dict[str, int]) -> None:
    for pattern in OF_A_BLOG:
        kept = studio.get(address(pattern, things)).headers.get("Cache-Control", "private")
        assert "private" in kept, pattern.name
