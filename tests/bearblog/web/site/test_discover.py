"""The discover page of the main site."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.moderation.models import HiddenBlog
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.scoring import score

ATOM = "{http://www.w3.org/2005/Atom}"


def write(blog: Blog, slug: str, *, hours_ago: int = 1, likes: int = 0, **fields: str) -> Post:
    moment = timezone.now() - timedelta(hours=hours_ago)
    return Post.objects.create(
        blog=blog,
        slug=slug,
        title=fields.pop("title", slug.capitalize()),
        text=f"![A bee](/media/bee.png) {'Words about honey. ' * 10}",
        status="published",
        published_at=moment,
        first_published_at=moment,
        like_count=likes,
        score=score(likes, moment),
        **fields,
    )


@pytest.fixture
def post(blog: Blog) -> Post:
    return write(blog, "bees", title="Bees & *wax* <i>", likes=7)


def test_a_post_is_shown_with_its_blog_date_and_likes(main: Client, post: Post) -> None:
    response = main.get("/discover/")
    page = response.content.decode()
    assert "Bees &amp; wax &lt;i&gt;" in page
    assert 'href="https://alice.bear.localhost:8443/bees/"' in page
    assert "Alice&#x27;s notes" in page
    assert "7 likes" in page
    assert f"{post.published_at:%Y-%m-%d}" in page
    assert "log10(likes, at most 30)" in page
    assert "<script" not in page
    assert not response.cookies


@pytest.mark.parametrize("path", ["", "feed/", "random-post/", "random-blog/", "hidden/"])
def test_one_setting_turns_it_off(
    main: Client, studio: Client, post: Post, settings: Settings, path: str
) -> None:
    settings.DISCOVER = False
    assert main.get(f"/discover/{path}").status_code == 404
    assert studio.post(f"/discover/hide/{post.blog_id}/").status_code == 404


def test_order_language_tag_and_words_stand_in_the_address(main: Client, post: Post, bob: User) -> None:
    other = Blog.objects.create(owner=bob, title="Bob's", subdomain="bob", is_reviewed=True, language="de")
    write(other, "honig", hours_ago=2, likes=20)

    def titles(query: str) -> list[str]:
        return [item.title for item in main.get(f"/discover/?{query}").context["items"]]

    assert titles("") == ["Honig", "Bees & wax <i>"]
    assert titles("order=newest") == ["Bees & wax <i>", "Honig"]
    assert set(titles("order=random")) == {"Honig", "Bees & wax <i>"}
    assert titles("lang=de") == ["Honig"]
    assert titles("order=nonsense&page=x&lang=%00") == titles("order=trending")
    assert titles("lang=xx") == titles("tag=none") == titles("q=nothing") == []
    page = main.get("/discover/?lang=de&order=newest").content.decode()
    assert '<option value="de" lang="de" selected>Deutsch</option>' in page
    assert "?order=trending&amp;lang=de" in page


def test_the_page_points_at_its_own_feeds(main: Client, post: Post) -> None:
    page = main.get("/discover/?order=newest&lang=en").content.decode()
    assert (
        'type="application/atom+xml" title="Discover (Atom)" href="/discover/feed/?order=newest&amp;lang=en"'
        in page
    )
    assert 'href="/discover/feed/?type=rss&amp;order=newest&amp;lang=en"' in page


def test_the_feed_holds_whole_posts_with_absolute_links(main: Client, post: Post) -> None:
    response = main.get("/discover/feed/?order=newest")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "Bees & wax <i>"
    assert 'src="https://alice.bear.localhost:8443/media/bee.png"' in (entry.findtext(f"{ATOM}content") or "")
    assert feed.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")
    again = main.get("/discover/feed/?order=newest", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    assert not response.cookies


def test_the_feed_comes_as_rss_too(main: Client, post: Post) -> None:
    response = main.get("/discover/feed/?type=rss")
    assert response.headers["Content-Type"].startswith("application/rss+xml")
    channel = ElementTree.fromstring(response.content).find("channel")  # noqa: S314 - our own
    assert channel is not None
    assert channel.findtext("item/link") == "https://alice.bear.localhost:8443/bees/"


def test_an_empty_page_and_an_empty_feed_are_no_errors(main: Client, db: None) -> None:
    assert "Nothing to show here yet" in main.get("/discover/").content.decode()
    assert main.get("/discover/feed/").status_code == 200
    assert main.get("/discover/random-post/").headers["Location"] == "/discover/"
    assert main.get("/discover/random-blog/").headers["Location"] == "/discover/"


def test_chance_leads_to_a_post_and_to_a_blog(main: Client, post: Post) -> None:
    response = main.get("/discover/random-post/")
    assert response.headers["Location"] == "https://alice.bear.localhost:8443/bees/"
    assert "no-store" in response.headers["Cache-Control"]
    assert main.get("/discover/random-blog/").headers["Location"] == "https://alice.bear.localhost:8443/"


def test_a_person_hides_a_blog_and_undoes_it(
    main: Client, post: Post, charlie: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(charlie)
    sent = {"back": "/discover/?order=newest"}
    response = client.post(f"/discover/hide/{post.blog_id}/", sent)
    assert response.headers["Location"] == "/discover/?order=newest"
    assert "Bees" not in client.get("/discover/").content.decode()
    assert "Bees" in main.get("/discover/").content.decode()
    assert "Alice&#x27;s notes" in client.get("/discover/hidden/").content.decode()
    client.post(f"/discover/show/{post.blog_id}/")
    assert "Bees" in client.get("/discover/").content.decode()


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/studio/", "", "/discover/\\evil"]
)
def test_after_hiding_nobody_is_led_elsewhere(studio: Client, post: Post, back: str) -> None:
    response = studio.post(f"/discover/hide/{post.blog_id}/", {"back": back})
    assert response.headers["Location"].startswith("/discover/")


def test_hiding_takes_a_person_and_a_form(main: Client, studio: Client, post: Post) -> None:
    path = f"/discover/hide/{post.blog_id}/"
    assert main.post(path).status_code == 302
    assert not HiddenBlog.objects.exists()
    assert studio.get(path).status_code == 405
    assert studio.post("/discover/hide/999/").status_code == 404


def test_queries_stay_few(
    main: Client,
    blog: Blog,
    charlie: User,
    signed_in: Callable[[User], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(25):
        write(blog, f"post{number}", hours_ago=13 * number + 1)
    with django_assert_max_num_queries(1):
        assert len(main.get("/discover/").context["items"]) == 20
    client = signed_in(charlie)
    with django_assert_max_num_queries(3):
        assert len(client.get("/discover/?page=2").context["items"]) == 5
    with django_assert_max_num_queries(4):
        main.get("/discover/feed/")
