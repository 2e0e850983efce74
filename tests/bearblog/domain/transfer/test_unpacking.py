"""Archives that were made to do harm."""

import hashlib
import io
import json
import struct
import zipfile
from pathlib import Path

import pytest

from bearblog.domain.blogs.models import Blog
from bearblog.domain.media.models import MediaFile
from bearblog.domain.posts.models import Post
from bearblog.domain.transfer import unpacking
from bearblog.domain.transfer.errors import TransferError
from tests.bearblog.domain.transfer.archives import brought_in, exported, packed
from tests.pictures import photograph, picture


@pytest.mark.parametrize(
    "name",
    ["../evil.md", "/etc/evil.md", "posts/../../evil.md", "..\\evil.md", "C:evil.md", "posts/..\\..\\x.md"],
)
def test_names_that_lead_out_are_refused(blog: Blog, tmp_path: Path, name: str) -> None:
    with pytest.raises(TransferError, match="leads out of it"):
        brought_in(blog, packed({name: "x", "fine.md": "x"}), tmp_path)
    assert not Post.objects.exists()


def test_links_are_refused(blog: Blog, tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("a.md")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(TransferError, match="holds a link"):
        brought_in(blog, stream.getvalue(), tmp_path)


def test_what_grows_beyond_measure_is_refused(blog: Blog, tmp_path: Path) -> None:
    with pytest.raises(TransferError, match="grow beyond all measure"):
        brought_in(blog, packed({"a.md": "0" * 11_000_000}), tmp_path)


def test_what_lies_about_its_size_is_not_believed(blog: Blog, tmp_path: Path) -> None:
    content = bytearray(packed({"a.md": "b" * 5000}))
    at = content.rfind(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 10)
    with pytest.raises(TransferError, match="damaged"):
        brought_in(blog, bytes(content), tmp_path)


def test_more_files_than_can_be_read_are_refused(
    blog: Blog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_ENTRIES", 2)
    with pytest.raises(TransferError, match="holds 3 files"):
        brought_in(blog, packed({"a.md": "", "b.md": "", "c.md": ""}), tmp_path)


def test_more_text_than_a_database_should_take_is_refused(
    blog: Blog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_TEXT_BYTES", 1_000_000)
    with pytest.raises(TransferError, match="take more than 1 MB"):
        brought_in(blog, packed({"a.md": "a" * 600_000, "b.md": "b" * 600_000}), tmp_path)


def test_a_list_of_files_that_would_fill_the_memory_is_refused_unread(blog: Blog, tmp_path: Path) -> None:
    content = bytearray(packed({"a.md": "x"}))
    at = content.rfind(b"PK\x05\x06") + 12
    content[at : at + 4] = struct.pack("<I", 900_000_000)
    with pytest.raises(TransferError, match="more files than can be read"):
        brought_in(blog, bytes(content), tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04", packed({"a.md": "x"})[:-30], packed({"a.txt": "x"})],
    ids=["only its beginning", "without its end", "without a text"],
)
def test_what_is_no_whole_archive_is_refused(blog: Blog, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(TransferError):
        brought_in(blog, content, tmp_path)


@pytest.mark.parametrize("manifest", ['{"format": "bearblog", "version": 2}', '{"format": "x"}', "[", "[]"])
def test_an_archive_of_another_version_is_refused(blog: Blog, tmp_path: Path, manifest: str) -> None:
    with pytest.raises(TransferError):
        brought_in(blog, packed({"manifest.json": manifest, "posts/a.md": "x"}), tmp_path)


def with_media(blog: Blog, content: bytes, extension: str, sha256: str = "") -> bytes:
    name = sha256 or hashlib.sha256(content).hexdigest()
    about = {"sha256": name, "extension": extension, "width": 4, "height": 2, "name": "bear", "variants": []}
    index = json.dumps([about | {"alternative_text": "", "uploaded_at": "2026-01-01T00:00:00+00:00"}])
    files: dict[str, str | bytes] = {
        "manifest.json": '{"format": "bearblog", "version": 1}',
        "media.json": index,
    }
    return packed(files | {f"media/{name}.{extension}": content})


def test_a_file_that_was_made_ready_elsewhere_is_taken_as_it_is(blog: Blog, tmp_path: Path) -> None:
    report = brought_in(blog, with_media(blog, picture(kind="WEBP"), "webp"), tmp_path)
    assert (report.media, report.problems) == (1, [])
    assert MediaFile.objects.get().size == len(picture(kind="WEBP"))


@pytest.mark.parametrize(
    ("content", "extension", "sha256", "words"),
    [
        (picture(), "png", "ab" * 32, "its bytes are not those"),
        (b"<html><script>alert(1)</script>", "svg", "", "not what its name says"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
            "svg",
            "",
            "more than a picture",
        ),
        (photograph(), "jpg", "", "more than a picture"),
        (picture(), "webp", "", "not what its name says"),
        (b"\x7fELF", "png", "", "not what its name says"),
    ],
    ids=["other bytes", "a page", "a script", "a camera", "another format", "a program"],
)
def test_a_file_that_is_not_what_it_says_stays_out(
    blog: Blog, tmp_path: Path, media_folder: Path, content: bytes, extension: str, sha256: str, words: str
) -> None:
    report = brought_in(blog, with_media(blog, content, extension, sha256), tmp_path)
    assert words in report.problems[0]
    assert not MediaFile.objects.exists()
    assert list(media_folder.glob("*/*")) == []


def test_a_blog_without_room_takes_nothing(
    blog: Blog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.conf.settings.MEDIA_QUOTA_BYTES", 10)
    with pytest.raises(Exception, match="There is no room"):
        brought_in(blog, with_media(blog, picture(kind="WEBP"), "webp"), tmp_path)
    assert not MediaFile.objects.exists()


def test_a_refusal_in_the_middle_leaves_nothing_behind(
    blog: Blog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Post.objects.create(blog=blog, title="x", slug="x")
    archive = exported(blog)
    blog.posts.all().delete()
    damaged = bytearray(archive)
    with zipfile.ZipFile(io.BytesIO(archive)) as whole:
        at = whole.getinfo("revisions.jsonl").header_offset
    damaged[at : at + 4] = b"evil"
    with pytest.raises(TransferError):
        brought_in(blog, bytes(damaged), tmp_path)
    assert not blog.posts.exists()
