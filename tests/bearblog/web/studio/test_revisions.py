"""Every save of a text: listed, compared, restored."""

import pytest
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import texts
from bearblog.domain.blogs.models import Blog, Revision
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import save_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(blog: Blog, alice: User) -> Post:
    post = save_post(blog=blog, author=alice, header="title: Honey", text="The rain talked.")
    for text in ("The sun talked.", "The sun talked.\nAnd left."):
        save_post(blog=blog, author=alice, header="title: Honey", text=text, post=post)
    return post


@pytest.fixture
def address(post: Post) -> str:
    return f"/studio/alice/posts/{post.pk}/revisions/"


def test_every_save_is_listed_with_who_and_when(studio: Client, blog: Blog, address: str) -> None:
    Blog.objects.update(time_zone="Asia/Tokyo")
    page = studio.get(address).content.decode()
    assert page.count('type="submit" name="revision"') == 2
    assert page.count("<td>alice@example.org</td>") == 3
    assert "Asia/Tokyo" in page
    assert "+09:00" in page


def test_any_two_are_compared_word_by_word(studio: Client, address: str) -> None:
    first, second, _ = Revision.objects.order_by("pk")
    page = studio.get(f"{address}?old={first.pk}&new={second.pk}").content.decode()
    assert "The <del>rain </del>talked." in page
    assert "The <ins>sun </ins>talked." in page


def test_the_last_change_is_shown_unasked(studio: Client, address: str) -> None:
    assert "<ins>And left.</ins>" in studio.get(address).content.decode()
    assert studio.get(f"{address}?old=x&new=9999999999999999999999").status_code == 200


def test_a_save_is_restored_and_the_one_before_it_kept(studio: Client, post: Post, address: str) -> None:
    first = Revision.objects.order_by("pk")[0]
    page = studio.post(address, {"revision": first.pk}, follow=True).content.decode()
    post.refresh_from_db()
    assert post.text == "The rain talked."
    assert "is back." in page
    assert Revision.objects.filter(text="The sun talked.\nAnd left.").exists()


def test_a_save_that_cannot_stand_again_is_refused_in_words(
    studio: Client, blog: Blog, alice: User, post: Post, address: str
) -> None:
    save_post(blog=blog, author=alice, header="title: Honey\nalias: old", text="x", post=post)
    with_alias = Revision.objects.latest("pk")
    save_post(blog=blog, author=alice, header="title: Honey", text="y", post=post)
    save_post(blog=blog, author=alice, header="title: Wax\nalias: old", text="z")
    page = studio.post(address, {"revision": with_alias.pk}, follow=True).content.decode()
    assert "leads to “Wax” already" in page
    post.refresh_from_db()
    assert post.text == "y"


def test_a_revision_of_something_else_is_not_restored(
    studio: Client, blog: Blog, alice: User, address: str
) -> None:
    texts.save_nav(blog=blog, by=alice, text="[Home](/)")
    assert studio.post(address, {"revision": Revision.objects.latest("pk").pk}).status_code == 404
    assert studio.post(address, {"revision": "x"}).status_code == 404


def test_the_texts_of_the_blog_have_revisions_too(studio: Client, blog: Blog, alice: User) -> None:
    for text in ("One", "Two"):
        texts.save_home(blog=blog, by=alice, header="title: T", text=text)
        texts.save_nav(blog=blog, by=alice, text=text)
        texts.save_footer(blog=blog, by=alice, text=text)
        texts.save_template(blog=blog, by=alice, text=f"title: x\n___\n{text}")
    for part, field in (("home", "home_text"), ("nav", "nav_text"), ("footer", "footer_text")):
        one = Revision.objects.filter(subject=part, text="One").latest("pk")
        studio.post(f"/studio/alice/{part}/revisions/", {"revision": one.pk})
        blog.refresh_from_db()
        assert getattr(blog, field) == "One"
    assert "___" in studio.get("/studio/alice/template/revisions/").content.decode()


def test_a_text_that_was_never_saved_has_none(studio: Client, blog: Blog) -> None:
    page = studio.get("/studio/alice/footer/revisions/").content.decode()
    assert "Nothing has been saved here yet." in page


def test_many_saves_come_in_pages(studio: Client, blog: Blog, post: Post, address: str) -> None:
    subject = f"post:{post.creation_key}"
    Revision.objects.bulk_create(Revision(blog=blog, subject=subject, text=f"{n}") for n in range(60))
    assert "Page 1 of 2" in studio.get(address).content.decode()
