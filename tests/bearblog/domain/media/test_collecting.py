"""Files that nothing names any more."""

import os
import time
from pathlib import Path

import pytest

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import delete_blog
from bearblog.domain.media.collecting import collect
from bearblog.domain.media.services import add_file
from bearblog.domain.media.storage import arriving_folder
from tests.pictures import picture

TWO_DAYS_AGO = time.time() - 2 * 24 * 3600


def make_old(folder: Path) -> None:
    for file in folder.rglob("*"):
        os.utime(file, (TWO_DAYS_AGO, TWO_DAYS_AGO))


@pytest.fixture
def _file(blog: Blog, alice: User, tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(picture(1000, 500))
    add_file(blog=blog, uploaded_by=alice, source=tmp_path / "source", name="bear.png")


def test_the_files_of_a_deleted_blog_go_after_a_day(_file: None, blog: Blog, media_folder: Path) -> None:
    delete_blog(blog=blog)
    assert collect() == 0
    make_old(media_folder)
    assert collect() == 3
    assert list(media_folder.glob("*/*")) == []


def test_what_a_blog_names_stays_however_old(_file: None, media_folder: Path) -> None:
    make_old(media_folder)
    assert collect() == 0
    assert len(list(media_folder.glob("*/*"))) == 3


def test_strange_names_are_left_alone(media_folder: Path, db: None) -> None:
    (media_folder / "ab").mkdir()
    (media_folder / "ab/notes.txt").write_text("mine")
    make_old(media_folder)
    assert collect() == 0
    assert (media_folder / "ab/notes.txt").exists()


def test_what_an_upload_left_half_done_goes_after_a_day(db: None) -> None:
    fresh, old = arriving_folder() / "fresh", arriving_folder() / "old"
    for folder in (fresh, old):
        folder.mkdir(exist_ok=True)
    os.utime(old, (TWO_DAYS_AGO, TWO_DAYS_AGO))
    collect()
    assert (fresh.exists(), old.exists()) == (True, False)
    fresh.rmdir()
