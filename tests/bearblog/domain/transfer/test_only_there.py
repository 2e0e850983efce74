"""Two boxes went on from the same state: what only the old one has."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import texts
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog, rename_blog
from bearblog.domain.blogs.styling import update_styles
from bearblog.domain.media.services import add_file
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post, delete_post, update_post
from bearblog.domain.transfer import only_there, only_there_files, other_database
from bearblog.domain.transfer.media_index import read_index
from bearblog.domain.transfer.only_there import BlogDifferences, State
from bearblog.engines.snapshots.database import copy_database
from tests.bearblog.domain.transfer.archives import brought_in

pytestmark = pytest.mark.usefixtures("committed_db")


class Parting:
    """The test's database as the one box; what it was, and what it became on the other, as files."""

    def __init__(self, folder: Path) -> None:
        self.before = folder / "before.sqlite3"
        self.there = folder / "there.sqlite3"
        copy_database(_own(), self.before)

    def is_over_there(self) -> None:
        """What was done so far was done on the old box; this one is as it was before."""
        copy_database(_own(), self.there)
        connection.ensure_connection()
        with closing(sqlite3.connect(self.before)) as before:
            before.backup(connection.connection)

    def compare(self, since: datetime | None = None) -> list[BlogDifferences]:
        """What only the old box has, of the blogs of which it has anything."""
        with (
            other_database.opened(self.there, "There", is_alone=True) as there,
            other_database.opened(_own(), "Here") as here,
        ):
            return [found for found in only_there.compare(there, here, since=since) if found]

    def told(self, since: datetime | None = None) -> dict[str, State]:
        """The state of each text."""
        return {one.what: one.state for found in self.compare(since) for one in found.texts}


def _own() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


@pytest.fixture
def posts(blog: Blog) -> dict[str, Post]:
    """Four posts from before the boxes parted."""
    return {
        title: create_post(blog=blog, title=title, text="Words.", status="published", author=blog.owner)
        for title in ("one", "two", "three", "four")
    }


@pytest.fixture
def parting(posts: dict[str, Post], tmp_path: Path) -> Parting:
    return Parting(tmp_path)


def rewrite(post: Post, text: str) -> None:
    fresh = Post.objects.get(pk=post.pk)
    update_post(post=fresh, title=fresh.title, text=text, status="published", by=fresh.author)


def test_posts_tell_whether_they_are_only_there_newer_or_different(
    blog: Blog, posts: dict[str, Post], parting: Parting
) -> None:
    create_post(blog=blog, title="five", text="New.", author=blog.owner, tags=["a", "b"])
    rewrite(posts["one"], "Changed there.")
    rewrite(posts["two"], "Changed there, then here.")
    parting.is_over_there()
    rewrite(posts["two"], "Changed here.")
    rewrite(posts["three"], "Changed here only.")
    delete_post(post=Post.objects.get(pk=posts["four"].pk), by=blog.owner)
    [found] = parting.compare()
    assert not found.is_only_there
    assert {one.what: one.state for one in found.texts} == {
        "post /one/": State.NEWER_THERE,
        "post /two/": State.DIFFERS,
        "post /four/": State.ONLY_THERE,
        "post /five/": State.ONLY_THERE,
    }
    assert [one.what for one in found.texts if one.was_deleted_here] == ["post /four/"]
    contents = {one.file: one.content for one in found.texts}
    assert contents["posts/two.md"].endswith("\n---\n\nChanged there, then here.")
    assert 'tags: ["a", "b"]' in contents["posts/five.md"]
    two = next(one for one in found.texts if one.file == "posts/two.md")
    assert two.changed_there is not None
    assert two.changed_here is not None
    assert two.changed_there < two.changed_here


def test_attributes_count_as_much_as_words(blog: Blog, posts: dict[str, Post], parting: Parting) -> None:
    one = posts["one"]
    update_post(post=one, title="Another title", text="Words.", slug="one", status="published", by=blog.owner)
    parting.is_over_there()
    assert parting.told() == {"post /one/": State.NEWER_THERE}


def test_texts_of_the_blog_are_compared_too(blog: Blog, parting: Parting) -> None:
    texts.save_home(blog=blog, by=blog.owner, header="title: Notes", text="Home there")
    texts.save_nav(blog=blog, by=blog.owner, text="[There](/)")
    texts.save_footer(blog=blog, by=blog.owner, text="Foot there")
    parting.is_over_there()
    here = Blog.objects.get(pk=blog.pk)
    texts.save_nav(blog=here, by=here.owner, text="[Here](/)")
    texts.save_template(blog=here, by=here.owner, text="___\nHere only")
    update_styles(blog=here, by=here.owner, css="body{color:red}")
    assert parting.told() == {
        "home.md": State.ONLY_THERE,
        "nav.md": State.DIFFERS,
        "footer.md": State.ONLY_THERE,
    }


def test_a_style_sheet_that_was_changed_there_alone_is_newer_there(blog: Blog, parting: Parting) -> None:
    update_styles(blog=blog, by=blog.owner, css="body{color:blue}")
    here = "body{color:red}"
    parting.is_over_there()
    Blog.objects.filter(pk=blog.pk).update(css=here)
    assert parting.told() == {"styles.css": State.NEWER_THERE}


def test_boxes_that_say_the_same_have_no_differences(
    blog: Blog, posts: dict[str, Post], parting: Parting
) -> None:
    parting.is_over_there()
    assert parting.compare() == []
    rewrite(posts["one"], "Changed here only.")
    texts.save_nav(blog=Blog.objects.get(pk=blog.pk), by=blog.owner, text="[Here](/)")
    assert parting.compare() == []


def test_a_moment_leaves_out_what_was_not_touched_since(
    blog: Blog, posts: dict[str, Post], parting: Parting
) -> None:
    rewrite(posts["one"], "Early.")
    between = timezone.now()
    rewrite(posts["two"], "Late.")
    parting.is_over_there()
    assert set(parting.told()) == {"post /one/", "post /two/"}
    assert set(parting.told(between)) == {"post /two/"}


def test_a_blog_that_was_renamed_here_is_known_by_the_name_it_had(
    blog: Blog, posts: dict[str, Post], parting: Parting
) -> None:
    rewrite(posts["one"], "There.")
    parting.is_over_there()
    rename_blog(blog=Blog.objects.get(pk=blog.pk), subdomain="renamed")
    assert parting.told() == {"post /one/": State.NEWER_THERE}


def test_a_blog_that_was_renamed_there_is_known_by_the_name_it_had(
    blog: Blog, posts: dict[str, Post], parting: Parting
) -> None:
    rewrite(posts["one"], "There.")
    rename_blog(blog=Blog.objects.get(pk=blog.pk), subdomain="renamed")
    parting.is_over_there()
    [found] = parting.compare()
    assert (found.blog.subdomain, found.is_only_there) == ("renamed", False)
    assert [one.state for one in found.texts] == [State.NEWER_THERE]


def test_a_blog_that_is_only_there_comes_whole(bob: User, parting: Parting, tmp_path: Path) -> None:
    other = create_blog(owner=bob, title="Bob's", subdomain="bob", home_text="Hello")
    create_post(blog=other, title="First", text="Words.", author=bob)
    (tmp_path / "paper").write_bytes(b"%PDF-1.7")
    file = add_file(blog=other, uploaded_by=bob, source=tmp_path / "paper", name="paper.pdf")
    parting.is_over_there()
    [found] = parting.compare()
    assert found.is_only_there
    assert {one.file for one in found.texts} == {"home.md", "nav.md", "posts/first.md"}
    assert [one.stored.sha256 for one in found.media] == [file.sha256]
    only_there_files.write(found, tmp_path / "export")
    folder = tmp_path / "export/bob"
    assert (folder / "home.md").read_text() == "Hello"
    assert '"title": "Bob\'s"' in (folder / "blog.json").read_text()
    assert read_index((folder / "media.json").read_text()) == found.media
    table = only_there_files.table(list(only_there_files.rows(found)))
    assert [line.split("  ")[0].strip() for line in table] == ["blog", *["bob"] * (len(table) - 1)]
    assert "file paper.pdf" in table[-1]


def test_what_was_exported_can_be_brought_in(
    blog: Blog, posts: dict[str, Post], parting: Parting, tmp_path: Path
) -> None:
    made = create_post(blog=blog, title="five", text="New.", author=blog.owner, tags=["a"], is_page=True)
    rewrite(posts["one"], "Changed there.")
    parting.is_over_there()
    [found] = parting.compare()
    only_there_files.write(found, tmp_path / "export")
    archive = shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path / "export/alice")
    here = Blog.objects.get(pk=blog.pk)
    report = brought_in(here, Path(archive).read_bytes(), tmp_path)
    assert (report.pages, report.known, report.problems) == (1, 1, [])
    back = here.posts.get(creation_key=made.creation_key)
    assert (back.title, back.text, back.is_page) == ("five", "New.", True)
    assert here.posts.get(pk=posts["one"].pk).text == "Words."


def test_looking_changes_neither_database(blog: Blog, parting: Parting) -> None:
    parting.is_over_there()
    before = parting.there.read_bytes()
    parting.compare()
    assert parting.there.read_bytes() == before
    assert [file.name for file in parting.there.parent.glob("there*")] == ["there.sqlite3"]
    with (
        other_database.opened(_own(), "Here") as here,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        here._connection.execute("DELETE FROM posts_post")


def test_a_key_of_another_blog_is_another_post(blog: Blog, bob: User, parting: Parting) -> None:
    key = UUID(int=7)
    create_post(blog=blog, title="five", text="New.", author=blog.owner, creation_key=key)
    parting.is_over_there()
    other = create_blog(owner=bob, title="Bob's", subdomain="bob")
    create_post(blog=other, title="five", text="New.", author=bob, creation_key=key)
    assert parting.told() == {"post /five/": State.ONLY_THERE}
