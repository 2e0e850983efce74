"""A blog as it was beside what it is: what differs, and what comes back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import preferences, styling, texts
from bearblog.domain.blogs.models import Blog, Revision
from bearblog.domain.blogs.services import create_blog, delete_blog, rename_blog
from bearblog.domain.blogs.writing import revisions_of
from bearblog.domain.media import services as media
from bearblog.domain.media import storage
from bearblog.domain.media.models import MediaFile
from bearblog.domain.posts import search
from bearblog.domain.posts.addresses import revision_subject
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post, delete_post, update_post
from bearblog.domain.transfer.bringing_back import Wishes
from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.past_differences import (
    Comparison,
    State,
    compare_blog,
    find_past_blog,
    names_to_bring,
    narrow,
)
from bearblog.domain.transfer.past_files import opened_past
from bearblog.domain.transfer.services import Brought, bring_back
from tests.bearblog.domain.transfer.pasts import execute, keep_past


@pytest.fixture
def rain(blog: Blog, alice: User) -> Post:
    """A published post of Alice's with everything that a post can have."""
    return create_post(
        blog=blog,
        author=alice,
        title="Rain",
        text="It rains.",
        slug="rain",
        status="published",
        published_at=datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
        tags=["weather", "water"],
        alias="2019/rain",
        class_name="wet",
        meta_description="Of rain",
    )


def compared(file: Path, name: str = "alice") -> Comparison:
    with opened_past(file) as past:
        return compare_blog(past, find_past_blog(past, name))


def brought(
    file: Path, *slugs: str, name: str = "alice", as_published: bool = False, owner: User | None = None
) -> Brought:
    """What came back: what stands at these addresses, or everything."""
    with opened_past(file) as past:
        found = narrow(compare_blog(past, find_past_blog(past, name)), slugs=slugs, parts=())
        wishes = Wishes(names_to_bring(found), by=None, as_published=as_published, owner=owner)
        return bring_back(past=past, then=found.past, wishes=wishes, fetch=lambda name, file: False)


def found_by(blog: Blog, words: str) -> list[str]:
    return [hit.post.title for hit in search.search(blog, words).hits]


def test_nothing_differs_at_once(blog: Blog, rain: Post, tmp_path: Path) -> None:
    assert compared(keep_past(tmp_path / "past")).differences == ()


def test_what_differs_is_named(blog: Blog, rain: Post, tmp_path: Path) -> None:
    sun = create_post(blog=blog, title="Sun", text="It shines.", status="published", tags=["weather"])
    past = keep_past(tmp_path / "past")
    delete_post(post=rain)
    update_post(post=sun, title="Sun", text="It burns.", slug="hot", status="published", tags=["summer"])
    create_post(blog=blog, title="Snow", text="It snows.", is_page=True)
    texts.save_nav(blog=blog, by=None, text="[Home](/)")
    found = compared(past).differences
    assert [(one.state, one.kind, one.title, one.slug, one.values) for one in found] == [
        (State.CHANGED, "part", "Navigation", "", ("nav_text",)),
        (State.GONE, "post", "Rain", "rain", ()),
        (State.CHANGED, "post", "Sun", "hot", ("text", "link", "tags")),
        (State.NEW, "page", "Snow", "snow", ()),
    ]
    assert "tags: weather, water\n" in found[1].then
    assert found[1].now == ""
    assert found[2].then.endswith("\n\nIt shines.")
    assert found[2].now.endswith("\n\nIt burns.")


def test_a_post_that_is_gone_comes_back_as_it_was_but_as_a_draft(
    blog: Blog, rain: Post, bob: User, tmp_path: Path
) -> None:
    Post.objects.filter(pk=rain.pk).update(author=bob, is_hidden=True)
    past = keep_past(tmp_path / "past")
    delete_post(post=rain)
    report = brought(past, "rain").report
    assert (report.posts, report.drafts, report.problems) == (1, 1, [])
    back = blog.posts.get(slug="rain")
    assert (back.title, back.text, back.class_name) == ("Rain", "It rains.", "wet")
    assert (back.creation_key, back.published_at) == (rain.creation_key, rain.published_at)
    assert (back.author, back.is_hidden, back.is_published) == (bob, True, False)
    assert [tag.name for tag in back.tags.all()] == ["weather", "water"]
    assert back.aliases.get().slug == "2019/rain"
    newest = revisions_of(blog, revision_subject(back))[0]
    assert newest.text == "It rains."


def test_a_post_comes_back_to_its_readers_when_asked(blog: Blog, rain: Post, tmp_path: Path) -> None:
    past = keep_past(tmp_path / "past")
    delete_post(post=rain)
    version = Blog.objects.get(pk=blog.pk).version
    brought(past, "/rain/", as_published=True)
    assert blog.posts.published().get().title == "Rain"
    assert found_by(blog, "rains") == ["Rain"]
    assert Blog.objects.get(pk=blog.pk).version > version


def test_bringing_back_twice_changes_nothing_more(blog: Blog, rain: Post, tmp_path: Path) -> None:
    past = keep_past(tmp_path / "past")
    delete_post(post=rain)
    brought(past, as_published=True)
    kept = Revision.objects.count()
    report = brought(past, as_published=True).report
    assert (report.posts, report.changes, report.revisions) == (0, [], 0)
    assert Revision.objects.count() == kept


def test_a_taken_address_is_left_to_whoever_has_it(blog: Blog, rain: Post, tmp_path: Path) -> None:
    past = keep_past(tmp_path / "past")
    delete_post(post=rain)
    create_post(blog=blog, title="Another rain", text="", slug="rain", status="published")
    report = brought(past).report
    assert blog.posts.get(title="Rain").slug == "rain-2"
    assert any("/rain/ is taken, so it stands at /rain-2/" in problem for problem in report.problems)


def test_a_changed_post_gets_its_old_text_as_a_new_version(blog: Blog, rain: Post, tmp_path: Path) -> None:
    past = keep_past(tmp_path / "past")
    update_post(post=rain, title="Mud", text="Ruined.", slug="mud", status="draft", tags=[], alias="")
    assert brought(past, "mud").report.changes == ["“Mud”"]
    rain.refresh_from_db()
    assert (rain.title, rain.text, rain.slug) == ("Rain", "It rains.", "rain")
    assert [tag.name for tag in rain.tags.all()] == ["weather", "water"]
    assert rain.status == Post.Status.DRAFT
    said = [(one.text, one.header.split("\n")[0]) for one in revisions_of(blog, revision_subject(rain))[:2]]
    assert said == [("It rains.", "title: Rain"), ("Ruined.", "title: Mud")]
    brought(past, as_published=True)
    rain.refresh_from_db()
    assert rain.status == Post.Status.PUBLISHED
    assert compared(past).differences == ()


def test_a_line_that_cannot_stand_any_more_does_not_keep_the_words_away(
    blog: Blog, rain: Post, tmp_path: Path
) -> None:
    past = keep_past(tmp_path / "past")
    update_post(post=rain, title="Rain", text="Ruined.", slug="rain", status="published", alias="")
    create_post(blog=blog, title="Old rain", text="", alias="2019/rain")
    execute(past, "UPDATE posts_post SET canonical_url = 'ftp://nowhere'")
    problems = brought(past, "rain").report.problems
    rain.refresh_from_db()
    assert (rain.text, rain.canonical_url) == ("It rains.", "")
    assert any("alias stays as it is: “2019/rain” leads to “Old rain” already." in one for one in problems)
    assert any("canonical_url stays as it is" in one for one in problems)


def test_what_is_new_since_stays(blog: Blog, tmp_path: Path) -> None:
    past = keep_past(tmp_path / "past")
    create_post(blog=blog, title="Snow", text="")
    report = brought(past).report
    assert (report.posts, report.changes) == (0, [])
    assert blog.posts.get().title == "Snow"


def test_an_address_without_a_difference_is_named(blog: Blog, rain: Post, tmp_path: Path) -> None:
    with pytest.raises(TransferError, match="At /sun/ nothing differs"):
        brought(keep_past(tmp_path / "past"), "sun")


def test_parts_of_the_blog_come_back_each_with_a_version(blog: Blog, tmp_path: Path) -> None:
    texts.save_home(blog=blog, by=None, header="title: Notes\nfavicon: 🐻", text="Welcome.")
    styling.update_styles(blog=blog, css="body { color: red }", by=None)
    past = keep_past(tmp_path / "past")
    texts.save_home(blog=blog, by=None, header="title: Oops", text="")
    texts.save_footer(blog=blog, by=None, text="Bye.")
    texts.save_template(blog=blog, by=None, text="tags: new\n___\nBegin.")
    styling.update_styles(blog=blog, css="", by=None)
    preferences.save_head(blog=blog, head_html='<meta name="a" content="b">')
    preferences.save_settings(
        blog=blog, language="de", time_zone="Europe/Berlin", has_likes=False, has_share_links=True
    )
    report = brought(past).report
    assert report.changes == [
        "Home page",
        "Footer",
        "Template of new posts",
        "Styles",
        "Head",
        "Settings",
    ]
    blog.refresh_from_db()
    assert (blog.title, blog.favicon, blog.home_text) == ("Notes", "🐻", "Welcome.")
    assert (blog.css, blog.footer_text, blog.head_html, blog.language) == (
        "body { color: red }",
        "",
        "",
        "en",
    )
    assert [one.text for one in revisions_of(blog, texts.HOME)[:2]] == ["Welcome.", ""]
    assert compared(past).differences == ()


def test_a_blog_that_is_gone_comes_back_whole(blog: Blog, rain: Post, alice: User, tmp_path: Path) -> None:
    styling.update_styles(blog=blog, css="body { color: red }", by=None)
    texts.save_home(blog=blog, by=alice, header="title: Notes", text="Welcome.")
    Blog.objects.filter(pk=blog.pk).update(
        custom_domain="alice.example", is_trusted=True, is_blocked=True, language="de"
    )
    blog.refresh_from_db()
    past = keep_past(tmp_path / "past")
    delete_blog(blog=blog)
    assert compared(past).blog is None
    done = brought(past, as_published=True)
    back = Blog.objects.get()
    assert done.blog == back
    assert (back.subdomain, back.owner, back.title, back.home_text) == ("alice", alice, "Notes", "Welcome.")
    assert (back.css, back.language, back.custom_domain) == ("body { color: red }", "de", None)
    assert (back.is_trusted, back.is_blocked) == (True, True)
    assert back.posts.published().get().author == alice
    assert [one.text for one in revisions_of(back, texts.HOME)] == ["Welcome."]
    assert done.report.problems == [
        "Its domain alice.example has to be proven once more, in the blog's settings."
    ]
    assert compared(past).differences == ()


def test_a_blog_without_its_owner_goes_to_whom_is_named(
    blog: Blog, rain: Post, bob: User, tmp_path: Path
) -> None:
    Blog.objects.filter(pk=blog.pk).update(is_trusted=True)
    past = keep_past(tmp_path / "past")
    blog.owner.delete()
    create_blog(owner=bob, title="Another", subdomain="alice")
    with pytest.raises(TransferError, match=r"alice@example.org, has no account any more. Name the person"):
        brought(past)
    assert Blog.objects.get().title == "Another"
    report = brought(past, owner=bob).report
    back = Blog.objects.get(title="Alice's notes")
    assert (back.owner, back.subdomain, back.is_trusted) == (bob, "alice-2", False)
    assert back.posts.get().author == bob
    assert "The name “alice” is taken, so the blog stands at “alice-2”." in report.problems
    # Known again by the moment at which it was made.
    assert [one.values for one in compared(past).differences] == [("publish",)]


def test_a_renamed_blog_is_found_by_both_names(blog: Blog, rain: Post, tmp_path: Path) -> None:
    past = keep_past(tmp_path / "past")
    rename_blog(blog=blog, subdomain="weather")
    delete_post(post=rain)
    for name in ("alice", "weather"):
        assert [one.title for one in compared(past, name).differences] == ["Rain"]


def test_a_blog_that_was_not_there_is_refused_with_those_that_were(blog: Blog, tmp_path: Path) -> None:
    with pytest.raises(TransferError, match="there was no blog “nobody”. There were: alice."):
        compared(keep_past(tmp_path / "past"), "nobody")


def test_files_come_back_from_the_disk_or_are_named(
    blog: Blog, alice: User, rain: Post, tmp_path: Path
) -> None:
    kept, lost, unnamed = (add_document(blog, tmp_path, word) for word in ("kept", "lost", "unnamed"))
    words = " ".join(f"[file](/media/{file.sha256}.pdf)" for file in (kept, lost))
    update_post(post=rain, title="Rain", text=words, slug="rain", status="published")
    past = keep_past(tmp_path / "past")
    delete_post(post=rain)
    media.delete_files(blog=blog, numbers=[kept.pk, lost.pk, unnamed.pk])
    storage.remove(lost.sha256, "pdf")
    report = brought(past).report
    assert report.media == 1
    assert MediaFile.objects.get().name == "kept.pdf"
    assert report.problems == [
        f"lost.pdf: its bytes ({lost.sha256}.pdf) are neither on this disk nor in the bucket."
    ]


def add_document(blog: Blog, folder: Path, word: str) -> MediaFile:
    source = folder / f"{word}.pdf"
    source.write_bytes(b"%PDF-1.7 " + word.encode())
    return media.add_file(blog=blog, uploaded_by=None, source=source, name=source.name)


def test_an_older_schema_leaves_what_it_does_not_know(blog: Blog, rain: Post, tmp_path: Path) -> None:
    past = keep_past(tmp_path / "past")
    execute(
        past,
        "ALTER TABLE posts_post DROP COLUMN class_name",
        "ALTER TABLE blogs_blog DROP COLUMN css",
        "DROP TABLE media_variant",
        "DROP TABLE media_mediafile",
        "DROP TABLE blogs_revision",
        "DROP TABLE posts_alias",
    )
    assert compared(past).unknown == ("class_name",)
    update_post(post=rain, title="Rain", text="Ruined.", slug="rain", status="published")
    brought(past, "rain")
    rain.refresh_from_db()
    assert (rain.text, rain.class_name) == ("It rains.", "wet")
    delete_post(post=rain)
    brought(past)
    assert blog.posts.get().text == "It rains."


def test_a_newer_release_can_be_read_as_after_a_rollback(blog: Blog, rain: Post, tmp_path: Path) -> None:
    past = keep_past(tmp_path / "past")
    execute(
        past,
        "ALTER TABLE posts_post ADD COLUMN mood TEXT NOT NULL DEFAULT 'glad'",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('posts', '9999_moods', '2026-11-01')",
    )
    delete_post(post=rain)
    assert [one.title for one in compared(past).differences] == ["Rain"]


def test_a_schema_that_cannot_be_read_names_what_is_missing(blog: Blog, tmp_path: Path) -> None:
    past = keep_past(tmp_path / "past")
    execute(past, "ALTER TABLE posts_post RENAME COLUMN creation_key TO uid")
    with pytest.raises(TransferError, match="posts_post has no creation_key. Choose a later moment"):
        compared(past)
    past.write_bytes(b"no database" * 100)
    with pytest.raises(TransferError, match="cannot be read"):
        compared(past)
