"""verify.sh: a line for each check, and a refusal for each kind of damage."""

import hashlib
import json
import subprocess

import pytest

from deploy.stage.seaweed import Seaweed
from tests.backup.scratch_box import ScratchBox, make_key


@pytest.fixture
def box(saved_box: ScratchBox) -> ScratchBox:
    """A box that has a backup set to speak of."""
    return saved_box


def test_a_whole_set_gets_a_line_for_each_check(box: ScratchBox) -> None:
    stamp = box.sets()[-1]
    said = box.succeed("verify.sh", stamp)
    for line in (
        "Files: 3 agree with the manifest",
        "Database: whole, 2 rows in 2 tables",
        "Media: 1 named, 0 of them only in the bucket",
        "Certificates and keys: 2 files, opened",
    ):
        assert line in said


def test_a_set_is_found_by_folder_by_stamp_and_in_the_bucket(
    box: ScratchBox, seaweed: Seaweed, bucket_name: str
) -> None:
    stamp = box.back_up()
    for name in (f"{box.backups}/{stamp}", stamp, "latest", f"bucket:{stamp}", "bucket:latest"):
        assert stamp in box.succeed("verify.sh", name)


def test_a_changed_byte_is_found(box: ScratchBox) -> None:
    file = box.backups / box.sets()[-1] / "database.sqlite3.zst"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert "database.sqlite3.zst is damaged" in box.refuse("verify.sh", "latest")


def test_another_database_under_right_hashes_is_found(box: ScratchBox) -> None:
    folder = box.backups / box.sets()[-1]
    (folder / "other").write_bytes(b"no database at all")
    target = folder / "database.sqlite3.zst"
    subprocess.run(["zstd", "-qf", "--rm", str(folder / "other"), "-o", str(target)], check=True)
    page = json.loads((folder / "manifest.json").read_text())
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    page["files"]["database.sqlite3.zst"] = {"sha256": digest, "bytes": target.stat().st_size}
    (folder / "manifest.json").write_text(json.dumps(page))
    assert "The unpacked database has 18 bytes" in box.refuse("verify.sh", "latest")


def test_a_missing_file_is_found(box: ScratchBox) -> None:
    (box.backups / box.sets()[-1] / "media.txt").unlink()
    assert "media.txt cannot be read" in box.refuse("verify.sh", "latest")


def test_a_manifest_that_cannot_be_read_is_refused(box: ScratchBox) -> None:
    (box.backups / box.sets()[-1] / "manifest.json").write_text("{")
    assert "manifest.json is damaged" in box.refuse("verify.sh", "latest")


def test_a_media_file_that_is_only_in_the_bucket_is_whole(box: ScratchBox) -> None:
    media = box.write_media(b"a picture")
    (box.data / "media" / media).unlink()
    assert "1 named, 1 of them only in the bucket" in box.succeed("verify.sh", "latest")


def test_a_media_file_that_is_nowhere_is_found(box: ScratchBox) -> None:
    media = box.write_media(b"a picture")
    (box.data / "media" / media).unlink()
    (box.bucket / "media" / media).unlink()
    assert f"1 media files are nowhere, the first is {media}" in box.refuse("verify.sh", "latest")


def test_a_wrong_key_is_found(box: ScratchBox) -> None:
    make_key(box.credentials / "backup_key")
    assert "cannot be opened with" in box.refuse("verify.sh", "latest")


def test_a_set_that_does_not_exist_is_refused(box: ScratchBox) -> None:
    (box.backups / box.sets()[-1]).rename(box.root / "lost")
    (box.bucket / "backups").rename(box.root / "lost too")
    assert "there is no set" in box.refuse("verify.sh", "latest")
    assert "the bucket holds no such set" in box.refuse("verify.sh", "bucket:latest")
    assert "is no backup set" in box.refuse("verify.sh", "20200101T000000Z")
    assert "which set?" in box.refuse("verify.sh")


def test_nothing_is_left_behind_in_the_temporary_folder(box: ScratchBox) -> None:
    box.succeed("verify.sh", "bucket:latest")
    box.refuse("verify.sh", "bucket:20200101T000000Z")
    assert list((box.root / "tmp").iterdir()) == []
