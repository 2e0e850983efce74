"""Links by which a draft is read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post, ShareLink
from bearblog.domain.posts.services import save_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(blog: Blog, alice: User) -> Post:
    return save_post(blog=blog, author=alice, header="title: Honey", text="Not ready")


@pytest.fixture
def address(post: Post) -> str:
    return f"/studio/alice/posts/{post.pk}/share/"


def test_a_link_is_made_read_and_taken_back(studio: Client, reader: Client, address: str) -> None:
    page = studio.post(address, {"do": "share", "days": "1"}, follow=True).content.decode()
    link = ShareLink.objects.get()
    assert f"https://alice.bear.localhost:8443/draft/{link.token}/" in page
    assert timedelta(hours=23) < link.expires_at - timezone.now() <= timedelta(days=1)
    assert "Not ready" in reader.get(f"/draft/{link.token}/").content.decode()
    studio.post(address, {"do": "revoke", "link": link.pk})
    assert not ShareLink.objects.exists()
    assert reader.get(f"/draft/{link.token}/").status_code == 404


@pytest.mark.parametrize("days", ["", "0", "x", "100000"])
def test_a_wrong_number_of_days_makes_no_link(studio: Client, address: str, days: str) -> None:
    page = studio.post(address, {"do": "share", "days": days}, follow=True).content.decode()
    assert "A link can hold from 1 to" in page
    assert not ShareLink.objects.exists()


def test_a_link_of_another_post_stays(studio: Client, blog: Blog, alice: User, address: str) -> None:
    other = save_post(blog=blog, author=alice, header="title: Other", text="")
    studio.post(f"/studio/alice/posts/{other.pk}/share/", {"do": "share", "days": "7"})
    studio.post(address, {"do": "revoke", "link": ShareLink.objects.get().pk})
    assert ShareLink.objects.exists()


def test_what_is_out_needs_no_link(studio: Client, blog: Blog, alice: User, post: Post) -> None:
    assert "Share draft" in studio.get(f"/studio/alice/posts/{post.pk}/").content.decode()
    save_post(blog=blog, author=alice, header="title: Honey", text="x", post=post, publish=True)
    assert "Share draft" not in studio.get(f"/studio/alice/posts/{post.pk}/").content.decode()
