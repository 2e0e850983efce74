"""Files come, are described, and go."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks as OnCommit

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.media import services
from bearblog.domain.media.errors import MediaError
from bearblog.domain.media.models import MediaFile, Variant
from bearblog.domain.media.storage import path_of
from tests.pictures import picture

Add = Callable[..., MediaFile]


@pytest.fixture
def add(blog: Blog, alice: User, tmp_path: Path) -> Add:
    def add_one(content: bytes, name: str = "file.png", *, to: Blog = blog, **options: object) -> MediaFile:
        source = tmp_path / "source"
        source.write_bytes(content)
        return services.add_file(blog=to, uploaded_by=alice, source=source, name=name, **options)  # type: ignore[arg-type]

    return add_one


@pytest.fixture
def other_blog(bob: User) -> Blog:
    return create_blog(owner=bob, title="Bob's notes", subdomain="bob")


def on_disk(media_folder: Path) -> set[str]:
    return {file.name for file in media_folder.glob("*/*")}


def test_a_picture_lies_on_the_disk_under_its_hash_with_its_widths(add: Add, media_folder: Path) -> None:
    file = add(picture(1000, 500), "Cave painting.png", alternative_text="A  bison")
    assert (file.extension, file.content_type, file.width, file.height) == ("webp", "image/webp", 1000, 500)
    assert (file.name, file.alternative_text) == ("Cave painting.png", "A bison")
    assert [variant.width for variant in file.variants.all()] == [480, 960]
    stored: list[MediaFile | Variant] = [file, *file.variants.all()]
    for one in stored:
        path = path_of(one.sha256, one.extension)
        assert path == media_folder / one.sha256[:2] / f"{one.sha256}.webp"
        assert Image.open(io.BytesIO(path.read_bytes())).width == one.width
        assert path.stat().st_size == one.size
        assert path.stat().st_mode & 0o777 == 0o644
        assert path.parent.stat().st_mode & 0o777 == 0o755


def test_the_same_bytes_again_are_the_same_file(add: Add) -> None:
    assert add(picture(), "one.png") == add(picture(), "two.png")


def test_bytes_that_were_lost_come_back_with_the_next_upload(add: Add, media_folder: Path) -> None:
    file = add(picture())
    path_of(file.sha256, file.extension).unlink()
    add(picture())
    assert path_of(file.sha256, file.extension).exists()


def test_a_document_is_kept_as_it_is(add: Add) -> None:
    file = add(b"%PDF-1.7 words", "C:\\papers\\thesis.pdf")
    assert (file.extension, file.name, file.width) == ("pdf", "thesis.pdf", None)
    assert path_of(file.sha256, "pdf").read_bytes() == b"%PDF-1.7 words"


def test_an_svg_is_cleaned(add: Add) -> None:
    file = add(b'<svg xmlns="http://www.w3.org/2000/svg" width="3" height="4"><script>1</script></svg>')
    assert (file.extension, file.width, file.height) == ("svg", 3, 4)
    assert b"script" not in path_of(file.sha256, "svg").read_bytes()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "“x.png” is empty"),
        (b"%PDF-" + bytes(10 * 1024 * 1024), "10.0 MB; a file can have at most 10 MB"),
        (b"\x7fELF\0", "of no kind that can be kept"),
        (b"\x89PNG\r\n\x1a\nnot really", "“x.png”: This picture cannot be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "not well-formed"),
    ],
    ids=["empty", "large", "a program", "no picture", "no drawing"],
)
def test_what_cannot_be_kept_is_refused_in_words(
    add: Add, media_folder: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(MediaError, match=sentence):
        add(content, "x.png")
    assert on_disk(media_folder) == set()


def test_a_full_blog_takes_no_more(add: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MEDIA_QUOTA_BYTES", 1_000_000)
    add(b"%PDF-" + bytes(700_000))
    with pytest.raises(MediaError, match=r"take 0.7 MB of 1.0 MB, and this needs 0.6 MB more"):
        add(b"%PDF-" + bytes(600_000))
    add(b"%PDF-" + bytes(200_000))


def test_a_file_is_renamed_and_described(add: Add) -> None:
    file = services.describe_file(file=add(picture()), name=" bear.png ", alternative_text="A bear")
    file.refresh_from_db()
    assert (file.name, file.alternative_text) == ("bear.png", "A bear")
    with pytest.raises(MediaError, match="1,001 characters"):
        services.describe_file(file=file, name="", alternative_text="x" * 1001)


def test_a_deleted_file_leaves_the_disk(
    add: Add,
    blog: Blog,
    media_folder: Path,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    file = add(picture(1000, 500))
    with django_capture_on_commit_callbacks(execute=True):
        assert services.delete_files(blog=blog, numbers=[file.pk]) == 1
    assert on_disk(media_folder) == set()
    assert not MediaFile.objects.exists()


def test_a_file_that_another_blog_names_stays_on_the_disk(
    add: Add,
    blog: Blog,
    other_blog: Blog,
    media_folder: Path,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    file, _ = add(picture()), add(picture(), to=other_blog)
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_files(blog=blog, numbers=[file.pk])
    assert on_disk(media_folder) == {f"{file.sha256}.webp"}


def test_nobody_deletes_the_files_of_another_blog(add: Add, other_blog: Blog) -> None:
    file = add(picture())
    assert services.delete_files(blog=other_blog, numbers=[file.pk]) == 0
    file.refresh_from_db()
