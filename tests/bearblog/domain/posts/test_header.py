"""The attributes of a post as lines above its text."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts import header, services
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.header import PostHeader
from bearblog.domain.posts.models import Post

EVERYTHING = """\
title: *One* day: again
link: /2026/One-Day_x/
alias: https://old.example.org/2019/%C3%BCber.html
published_date: 2026/07/01 12:30
is_page: TRUE
meta description: About a day
meta-image: /media/a.webp
lang: pt_BR
Tags: b, a,, b , Long tag
class_name: Wide Page
canonical_url: https://example.org/x
make_discoverable: false
"""


def test_every_line_is_read(blog: Blog) -> None:
    blog.time_zone = "Europe/Berlin"
    assert header.read(EVERYTHING, post=None, blog=blog) == PostHeader(
        title="*One* day: again",
        slug="2026/one-day_x",
        alias="2019/über.html",
        canonical_url="https://example.org/x",
        published_at=datetime(2026, 7, 1, 10, 30, tzinfo=UTC),
        is_page=True,
        meta_description="About a day",
        meta_image="/media/a.webp",
        language="pt-BR",
        tags=("b", "a", "Long tag"),
        class_name="wide-page",
        is_discoverable=False,
    )


def test_an_empty_header_is_that_of_a_new_post(blog: Blog) -> None:
    assert header.read("\n \n", post=None, blog=blog) == PostHeader(title="New post")
    assert header.read("title:\nalias:\ntags:\npublished_date:", post=None, blog=blog).title == "New post"
    assert header.read("", post=None, blog=blog, is_page=True).is_page


def test_true_is_a_word_like_others_where_words_belong(blog: Blog) -> None:
    read = header.read("title: true\nlink: true\ntags: true, false", post=None, blog=blog)
    assert (read.title, read.slug, read.tags) == ("true", "true", ("true", "false"))


def test_a_line_left_out_keeps_title_link_and_date_and_takes_back_all_else(blog: Blog) -> None:
    post = services.save_post(blog=blog, author=blog.owner, header=EVERYTHING, text="", publish=True)
    assert header.read("", post=post, blog=blog) == PostHeader(
        title="*One* day: again", slug=None, published_at=post.published_at
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("published_date: tomorrow", "cannot be read"),
        ("published_date: 2026-02-30", "does not exist"),
        ("published_date: 2026-03-29 02:30", "went forward"),
        ("is_page: maybe", "Write true or false"),
        ("make_discoverable: 2", "Write true or false"),
        ("canonical_url: http://example.org/", "begins with https://"),
        ("canonical_url: https://", "begins with https://"),
        ("lang: English please", "not a language code"),
        ("link: !!!", "no letter"),
        ("link: feed/me", "lead elsewhere"),
        ("alias: a b", "without spaces"),
        ("alias: a?b=1", "without spaces"),
        ("alias: ../up", "no part of it"),
        ("alias: " + "a" * 200, "190 bytes"),
        ("alias: feed", "can be no alias"),
        ("tags: " + "a" * 101, "at most 100"),
        ("tags: " + ",".join(map(str, range(51))), "at most 50"),
        ("title: " + "a" * 201, "at most 200"),
        ("meta_description: " + "a" * 201, "at most 200"),
        ("meta_image: " + "a" * 501, "at most 500"),
        ("meta_image: JavaScript:alert(1)", "a path on the blog"),
        ("publish_date: 2026-01-01", "Did you mean published_date"),
        ("no colon here", "has no colon"),
    ],
)
def test_a_line_that_cannot_be_read_is_said_in_words_and_saves_nothing(
    blog: Blog, line: str, words: str
) -> None:
    blog.time_zone = "Europe/Berlin"
    with pytest.raises(PostError, match=words) as refusal:
        services.save_post(blog=blog, author=blog.owner, header=f"\n{line}", text="words", publish=True)
    assert refusal.value.field == "header"
    assert [problem.line_number for problem in refusal.value.problems] == [2]
    assert not Post.objects.exists()


def test_all_bad_lines_are_told_at_once(blog: Blog) -> None:
    with pytest.raises(PostError) as refusal:
        header.read("published_date: soon\ntitel: x\nis_page: ?", post=None, blog=blog)
    assert [problem.line_number for problem in refusal.value.problems] == [1, 2, 3]


def test_an_alias_of_another_post_is_refused(blog: Blog) -> None:
    services.create_post(blog=blog, title="Here", text="", alias="taken")
    for alias in ("here", "/Taken/"):
        with pytest.raises(PostError, match="leads to “Here” already"):
            header.read(f"alias: {alias}", post=None, blog=blog)


def test_a_date_left_alone_keeps_its_seconds(blog: Blog) -> None:
    post = services.create_post(blog=blog, title="T", text="", status="published")
    assert header.read(header.write(post), post=post, blog=blog).published_at == post.published_at


def test_what_is_set_is_written_and_nothing_else(blog: Blog) -> None:
    blog.time_zone = "Europe/Berlin"
    draft = services.save_post(blog=blog, author=blog.owner, header="title: Plain", text="")
    assert header.write(draft) == "title: Plain\nlink: plain\npublished_date:"
    full = services.save_post(blog=blog, author=blog.owner, header=EVERYTHING, text="")
    assert header.write(full) == (
        "title: *One* day: again\nlink: 2026/one-day_x\npublished_date: 2026-07-01 12:30\n"
        "alias: 2019/über.html\ncanonical_url: https://example.org/x\nis_page: true\n"
        "meta_description: About a day\nmeta_image: /media/a.webp\nlang: pt-BR\ntags: b, a, Long tag\n"
        "class_name: wide-page\nmake_discoverable: false"
    )


WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    title=WORDS,
    slug=WORDS,
    tags=st.lists(WORDS, max_size=4),
    description=WORDS,
    class_name=WORDS,
    moment=st.none() | st.datetimes(datetime(1900, 1, 1), datetime(2999, 1, 1)),  # noqa: DTZ001
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/Havana", "Pacific/Apia"]),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_reading_what_was_written_changes_nothing(
    blog: Blog,
    title: str,
    slug: str,
    tags: list[str],
    description: str,
    class_name: str,
    moment: datetime | None,
    zone: str,
    flags: tuple[bool, bool, bool],
) -> None:
    Blog.objects.filter(pk=blog.pk).update(time_zone=zone)
    blog.refresh_from_db()
    post = services.create_post(
        blog=blog,
        title=title.strip() or "T",
        text="",
        slug=slug,
        status="published" if flags[0] else "draft",
        published_at=moment.replace(tzinfo=UTC) if moment else "",
        tags=tags,
        meta_description=description,
        class_name=class_name,
        is_page=flags[1],
        is_discoverable=flags[2],
    )
    written = header.write(post)
    again = services.save_post(blog=blog, author=blog.owner, header=written, text="", post=post)
    again.refresh_from_db()
    assert header.write(again) == written
    assert again.published_at == post.published_at
    assert blog.revisions.filter(subject=f"post:{post.creation_key}").count() == 1
