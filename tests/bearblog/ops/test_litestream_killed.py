"""Litestream is killed, and the application writes on: nothing of that may be missing in the replica."""

from contextlib import closing

from bearblog.engines.replication import control
from tests.app_box import AppBox

BEGIN = """
import os
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
"""
WRITE = """
for number in range(25):
    text = os.urandom(20_000).hex()
    Post.objects.create(blog=Blog.objects.get(), title=f"{number}", slug=f"post-{number}", text=text)
"""
REWRITE = """
for number in range(60):
    Post.objects.filter(slug=f"post-{number % 25}").update(text=os.urandom(20_000).hex())
"""
TEXTS = "SELECT group_concat(text, ' ' ORDER BY slug) FROM posts_post"


def run(box: AppBox, script: str) -> None:
    """Runs the lines with the application's own settings; each text takes ten pages or more of the log."""
    done = box.manage("shell", "--no-imports", "--command", BEGIN + script)
    assert done.returncode == 0, done.stderr


def test_what_is_written_while_litestream_is_down_is_in_the_replica_later(
    app_box: AppBox, bare_box: AppBox
) -> None:
    # As the web service does, somebody has the database open all the time.
    with closing(app_box.connect()) as open_all_the_time:
        open_all_the_time.execute("SELECT count(*) FROM posts_post").fetchall()
        app_box.start()
        run(app_box, WRITE)
        control.wait_until_replicated(app_box.sync_socket, timeout=20)
        app_box.stop()
        # More than the thousand pages after which SQLite begins its log anew, unless it is told not to.
        run(app_box, REWRITE)
        app_box.start()
        control.wait_until_replicated(app_box.sync_socket, timeout=20)
    texts = app_box.value(TEXTS)
    app_box.stop()
    bare_box.restore()
    assert bare_box.value(TEXTS) == texts


def test_nor_does_the_last_one_to_close_the_database_take_it_away(app_box: AppBox, bare_box: AppBox) -> None:
    app_box.start()
    run(app_box, WRITE)
    control.wait_until_replicated(app_box.sync_socket, timeout=20)
    app_box.stop()
    # At its end SQLite empties the log and removes it.
    run(app_box, REWRITE)
    assert not app_box.database.with_name("bearblog.sqlite3-wal").exists()
    app_box.start()
    control.wait_until_replicated(app_box.sync_socket, timeout=20)
    texts = app_box.value(TEXTS)
    app_box.stop()
    bare_box.restore()
    assert bare_box.value(TEXTS) == texts
