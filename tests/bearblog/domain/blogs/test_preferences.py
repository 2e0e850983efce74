"""How a blog behaves."""

import pytest

from bearblog.domain.blogs import preferences
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog

SETTINGS = {"language": "de", "time_zone": "europe/berlin", "has_likes": False, "has_share_links": True}
ADVANCED = {
    "collects_analytics": False,
    "date_format": "d M, Y",
    "blog_path": "/Notes/all/",
    "feed_alias": "index.rss",
    "meta_tag": "<meta name=verify content=me>",
    "robots_text": "User-agent: *\r\nDisallow: /",
}


def taken(slug: str) -> bool:
    return slug in ("about", "letters")


def test_settings_are_saved(blog: Blog) -> None:
    preferences.save_settings(blog=blog, **SETTINGS)  # type: ignore[arg-type]
    blog.refresh_from_db()
    assert (blog.language, blog.time_zone) == ("de", "Europe/Berlin")
    assert (blog.has_likes, blog.has_share_links) == (False, True)


@pytest.mark.parametrize(("field", "typed"), [("language", "German"), ("time_zone", "Berlin")])
def test_a_setting_that_means_nothing_is_refused(blog: Blog, field: str, typed: str) -> None:
    with pytest.raises(BlogError) as refusal:
        preferences.save_settings(blog=blog, **SETTINGS | {field: typed})  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_advanced_settings_are_saved(blog: Blog) -> None:
    preferences.save_advanced(blog=blog, **ADVANCED, is_slug_taken=taken)  # type: ignore[arg-type]
    blog.refresh_from_db()
    assert (blog.collects_analytics, blog.date_format) == (False, "d M, Y")
    assert (blog.blog_path, blog.feed_alias) == ("notes/all", "index.rss")
    assert blog.meta_tag == '<meta name="verify" content="me">'
    assert blog.robots_text == "User-agent: *\nDisallow: /"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("blog_path", "", "Give the list of posts a path"),
        ("blog_path", "feed", "leads to another page"),
        ("blog_path", "like/x", "leads to another page"),
        ("blog_path", "about", "One of your posts"),
        ("blog_path", "a b", "is no path"),
        ("blog_path", "a//b", "is no path"),
        ("blog_path", "../etc", "is no path"),
        ("blog_path", "list.html", "no dot"),
        ("blog_path", "a" * 191, "at most 190"),
        ("feed_alias", "Letters", "One of your posts"),
        ("feed_alias", "notes/all", "The list of posts stands"),
        ("feed_alias", "blog", "The list of posts stands"),
        ("feed_alias", "rss.xml", "leads to another page"),
        ("feed_alias", "a" * 101, "at most 100"),
        ("date_format", "-", "none of the letters"),
        ("meta_tag", "<script>", "cannot stand"),
        ("robots_text", "a" * 5_001, "at most 5,000"),
    ],
)
def test_an_advanced_setting_that_cannot_be_is_refused_in_words(
    blog: Blog, field: str, typed: str, words: str
) -> None:
    with pytest.raises(BlogError, match=words) as refusal:
        preferences.save_advanced(blog=blog, **ADVANCED | {field: typed}, is_slug_taken=taken)  # type: ignore[arg-type]
    assert refusal.value.field == field
    blog.refresh_from_db()
    assert blog.blog_path == "blog"


def test_a_path_that_was_there_before_the_post_can_be_saved_again(blog: Blog) -> None:
    blog.blog_path, blog.feed_alias = "about", "letters"
    kept = ADVANCED | {"blog_path": "about", "feed_alias": "letters"}
    preferences.save_advanced(blog=blog, **kept, is_slug_taken=taken)  # type: ignore[arg-type]


def test_the_head_is_saved(blog: Blog) -> None:
    preferences.save_head(blog=blog, head_html='<meta name="a" content="b">')
    blog.refresh_from_db()
    assert blog.head_html == '<meta name="a" content="b">'
