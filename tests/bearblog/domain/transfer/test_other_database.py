"""Databases of other releases, and files that are none."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bearblog.domain.transfer import other_database
from bearblog.domain.transfer.errors import TransferError

OLDEST = """
CREATE TABLE accounts_user (id INTEGER PRIMARY KEY, email TEXT);
CREATE TABLE blogs_blog (
    id INTEGER PRIMARY KEY, subdomain TEXT, title TEXT, owner_id INTEGER, created_at TEXT, language TEXT
);
CREATE TABLE posts_post (
    id INTEGER PRIMARY KEY, blog_id INTEGER, title TEXT, slug TEXT, text TEXT, status TEXT,
    published_at TEXT, created_at TEXT, updated_at TEXT, creation_key TEXT
);
CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app TEXT, name TEXT);
INSERT INTO django_migrations (app, name) VALUES ('posts', '0001_initial'), ('gone', '0009_whatever');
INSERT INTO accounts_user VALUES (3, 'alice@example.org');
INSERT INTO blogs_blog VALUES (1, 'alice', 'Notes', 3, '2026-01-01 00:00:00', 'en');
INSERT INTO posts_post VALUES (
    5, 1, 'Rain', 'rain', 'Words.', 'published', '2026-01-02 03:04:05', '2026-01-01 00:00:00',
    '2026-01-03 00:00:00.000001', '000000000000000000000000000000aa'
);
"""


def made(folder: Path, script: str) -> Path:
    file = folder / "other.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(script)
    return file


def test_a_database_of_the_first_release_can_be_read(tmp_path: Path) -> None:
    with other_database.opened(made(tmp_path, OLDEST), "It", is_alone=True) as found:
        [blog] = found.blogs()
        assert (blog.subdomain, blog.title, blog.owner_email) == ("alice", "Notes", "alice@example.org")
        assert (blog.values, blog.decisions) == ({"title": "Notes", "language": "en"}, {})
        assert found.find_blog_made_at(datetime(2026, 1, 1, tzinfo=UTC)) == blog
        [post] = found.posts(blog)
        assert found.find_post(blog, post.key) == post
        assert (post.title, post.is_page, post.is_published, post.tags) == ("Rain", False, True, ())
        assert post.published_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
        assert post.updated_at == datetime(2026, 1, 3, 0, 0, 0, 1, tzinfo=UTC)
        assert found.former_names(blog) == []
        assert (post.author_email, post.is_hidden) == ("", False)
        assert {"class_name", "is_page"} <= set(found.unknown())
        assert (found.media(blog), found.subscribers(blog), found.count_members(blog)) == ([], [], 0)
        assert list(found.revisions(blog)) == []
        assert found.newest_revision(blog, "home") is None
        assert not found.keeps(blog, "home", None, "")
        assert found.find_blog("bob") is None


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ("DROP TABLE posts_post", "It has no table 'posts_post', so there are no blogs to read"),
        (
            "ALTER TABLE posts_post DROP COLUMN text",
            "cannot be read here: posts_post has no text.$",
        ),
        (
            "INSERT INTO django_migrations (app, name) VALUES ('posts', '9999_from_the_future')",
            "written by a newer release than this one .posts 9999_from_the_future.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, more: str, sentence: str) -> None:
    file = made(tmp_path, f"{OLDEST};{more}")
    with pytest.raises(TransferError, match=sentence), other_database.opened(file, "It") as found:
        found.refuse_if_newer()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite3"
    file.write_bytes(b"no database at all" * 100)
    with (
        pytest.raises(TransferError, match="It cannot be read as a database"),
        other_database.opened(file, "It"),
    ):
        pass
    with (
        pytest.raises(TransferError, match="cannot be read as a database"),
        other_database.opened(tmp_path / "none", "It"),
    ):
        pass
    assert not (tmp_path / "none").exists()
