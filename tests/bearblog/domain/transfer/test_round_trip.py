"""A blog that goes out and comes in again is the same blog."""

import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, FormerName, Revision
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.media.services import add_file
from bearblog.domain.posts.addresses import RESERVED_WORDS
from bearblog.domain.posts.models import Alias, Post, Tag
from bearblog.domain.posts.search import search
from bearblog.domain.posts.services import create_post, update_post
from bearblog.lib import plain_text, slugs
from tests.bearblog.domain.transfer.archives import brought_in, contents, exported
from tests.pictures import picture


class Rollback(Exception):
    pass


@pytest.fixture
def empty(bob: User) -> Blog:
    return create_blog(owner=bob, title="Elsewhere", subdomain="elsewhere")


def furnish(blog: Blog, folder: Path) -> None:
    (folder / "bear").write_bytes(picture(600, 300))
    file = add_file(
        blog=blog,
        uploaded_by=blog.owner,
        source=folder / "bear",
        name="bear: brown.png",
        alternative_text="A bear",
    )
    (folder / "paper").write_bytes(b"%PDF-1.7")
    add_file(blog=blog, uploaded_by=blog.owner, source=folder / "paper", name="paper.pdf")
    Blog.objects.filter(pk=blog.pk).update(
        title="Notes: of *Alice*",
        favicon="🐻",
        home_text="# Home\n\nWords",
        nav_text="[Home](/)",
        footer_text="End",
        head_html='<meta name="a" content="b">',
        post_template="title: \n___\nDear reader",
        css="body{color:red}",
        language="de",
        time_zone="Europe/Berlin",
        date_format="d.m.Y",
        blog_path="writing",
        feed_alias="letters.xml",
        robots_text="User-agent: *",
        has_likes=False,
        allows_remote_styles=True,
        home_updated_at=datetime(2020, 1, 2, 3, 4, 5, 6, UTC),
    )
    blog.refresh_from_db()
    post = create_post(
        blog=blog,
        title='Yes: #1 "quoted" — *it*',
        text=f"---\n![](/media/{file.sha256}.webp)\n\n---\n  end \n",
        slug="Über/Bären",
        status="published",
        published_at=datetime(2021, 5, 6, 7, 8, 9, 10, UTC),
        tags=["true", "null", "#x", "日本"],
        alias="old/path.html",
        meta_description="- a: b",
        canonical_url="https://example.org/a?b=c#d",
        language="pt-BR",
        class_name="wide",
        is_discoverable=False,
        author=blog.owner,
    )
    update_post(
        post=post, title=post.title, text=post.text, slug="renamed", status="published", by=blog.owner
    )
    create_post(blog=blog, title="A page", text="x", is_page=True, author=blog.owner)
    create_post(
        blog=blog, title="Later", text="", status="published", published_at="2999-01-01", author=blog.owner
    )
    create_post(blog=blog, title="=cmd()", text="+1", author=blog.owner)
    FormerName.objects.create(blog=blog, subdomain="formerly")


def test_a_whole_blog_is_the_same_again(blog: Blog, empty: Blog, tmp_path: Path, media_folder: Path) -> None:
    furnish(blog, tmp_path)
    archive = exported(blog)
    for file in media_folder.glob("*/*"):
        file.unlink()
    report = brought_in(empty, archive, tmp_path)
    empty.refresh_from_db()
    assert report.problems == []
    assert (report.posts, report.pages, report.drafts, report.scheduled, report.media) == (3, 1, 2, 1, 2)
    assert contents(exported(empty)) == contents(archive)
    assert {post.author for post in empty.posts.all()} == {empty.owner}
    assert search(empty, "quoted").total == 1


def test_a_second_time_changes_nothing(blog: Blog, empty: Blog, tmp_path: Path) -> None:
    furnish(blog, tmp_path)
    archive = exported(blog)
    brought_in(empty, archive, tmp_path)
    before = contents(exported(empty))
    report = brought_in(empty, archive, tmp_path)
    assert (report.posts, report.pages, report.revisions, report.media, report.changes) == (0, 0, 0, 0, [])
    assert report.known == 4
    assert contents(exported(empty)) == before


def test_what_staff_decided_and_who_may_write_never_comes_along(
    blog: Blog, empty: Blog, tmp_path: Path
) -> None:
    Blog.objects.filter(pk=blog.pk).update(is_trusted=True, is_reviewed=True, staff_note="secret note")
    blog.refresh_from_db()
    archive = exported(blog)
    Blog.objects.filter(pk=empty.pk).update(is_reviewed=False)
    brought_in(empty, archive, tmp_path)
    empty.refresh_from_db()
    assert (empty.is_trusted, empty.is_reviewed, empty.subdomain, empty.owner) == (
        False,
        False,
        "elsewhere",
        empty.owner,
    )
    assert b"secret" not in b"".join(str(value).encode() for value in contents(archive).values())


def test_a_blog_may_keep_its_own_looks(blog: Blog, empty: Blog, tmp_path: Path) -> None:
    furnish(blog, tmp_path)
    brought_in(empty, exported(blog), tmp_path, with_blog=False)
    empty.refresh_from_db()
    assert (empty.title, empty.css) == ("Elsewhere", "")
    assert empty.posts.count() == 4


line = some.text(max_size=40).map(plain_text.one_line)
word = some.text(min_size=1, max_size=12).map(slugs.make_path).filter(bool)
moment = some.datetimes(datetime(1001, 1, 1), datetime(2998, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001 - bounds


@some.composite
def posts(draw: some.DrawFn) -> dict[str, object]:
    is_published = draw(some.booleans())
    date = draw(moment) if is_published else draw(some.none() | moment)
    return {
        "title": draw(line) or "New post",
        "text": plain_text.tidy(draw(some.text(max_size=200))),
        "is_page": draw(some.booleans()),
        "status": "published" if is_published else "draft",
        "published_at": date,
        "first_published_at": date if is_published else draw(some.none() | moment),
        "created_at": draw(moment),
        "updated_at": draw(moment),
        "meta_description": draw(line),
        "meta_image": draw(line),
        "class_name": slugs.make_name(draw(line)),
        "is_discoverable": draw(some.booleans()),
        "language": draw(some.sampled_from(["", "en", "pt-BR", "zh-Hans"])),
        "canonical_url": draw(some.sampled_from(["", "https://example.org/ä?x=1#y"])),
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=some.lists(
        some.tuples(
            posts(), some.lists(line.filter(lambda name: name and "," not in name), unique=True, max_size=3)
        ),
        max_size=4,
    ),
    slugs_=some.lists(word, min_size=12, max_size=12, unique=True),
    texts=some.lists(some.text(max_size=80).map(plain_text.tidy), min_size=4, max_size=4),
)
def test_any_blog_is_the_same_again(
    blog: Blog,
    empty: Blog,
    tmp_path: Path,
    written: list[tuple[dict[str, object], list[str]]],
    slugs_: list[str],
    texts: list[str],
) -> None:
    try:
        with transaction.atomic():
            Blog.objects.filter(pk=blog.pk).update(home_text=texts[0], nav_text=texts[1], css=texts[2])
            blog.refresh_from_db()
            free = iter(slug for slug in slugs_ if slug.partition("/")[0] not in RESERVED_WORDS)
            for fields, tags in written:
                post = Post.objects.create(
                    blog=blog, slug=next(free, uuid.uuid4().hex), creation_key=uuid.uuid4(), **fields
                )
                Tag.objects.bulk_create(
                    Tag(post=post, name=name, position=at) for at, name in enumerate(tags)
                )
                for is_typed in (True, False):
                    Alias.objects.create(
                        blog=blog, post=post, slug=next(free, uuid.uuid4().hex), is_typed=is_typed
                    )
                Revision.objects.create(
                    blog=blog, subject=f"post:{post.creation_key}", header=texts[3], text=texts[0]
                )
            archive = exported(blog)
            report = brought_in(empty, archive, tmp_path)
            empty.refresh_from_db()
            assert report.problems == []
            assert contents(exported(empty)) == contents(archive)
            raise Rollback
    except Rollback:
        empty.refresh_from_db()
