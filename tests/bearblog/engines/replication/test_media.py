"""Media files reach the bucket once, and a quiet box asks nothing."""

from pathlib import Path

import pytest

from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.media import MediaMirror


def test_each_file_is_copied_once(folder_bucket: Bucket, tmp_path: Path) -> None:
    (tmp_path / "media/ab").mkdir(parents=True)
    (tmp_path / "media/ab/abc.jpg").write_bytes(b"one")
    mirror = MediaMirror(folder_bucket, tmp_path / "media")
    assert mirror.mirror() == 1
    assert folder_bucket.read("media/ab/abc.jpg") == b"one"
    assert mirror.mirror() == 0
    (tmp_path / "media/ab/abd.jpg").write_bytes(b"two")
    assert mirror.mirror() == 1
    assert folder_bucket.read("media/ab/abd.jpg") == b"two"


def test_many_changed_folders_are_copied_in_one_go(folder_bucket: Bucket, tmp_path: Path) -> None:
    for name in ("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8"):
        (tmp_path / "media" / name).mkdir(parents=True)
        (tmp_path / "media" / name / f"{name}bc.jpg").write_bytes(name.encode())
    mirror = MediaMirror(folder_bucket, tmp_path / "media")
    assert mirror.mirror() == 9
    assert folder_bucket.read("media/a8/a8bc.jpg") == b"a8"
    assert mirror.mirror() == 0
    (tmp_path / "media/a8/a8bd.jpg").write_bytes(b"later")
    assert mirror.mirror() == 1
    assert folder_bucket.read("media/a8/a8bd.jpg") == b"later"


def test_no_media_is_no_trouble(folder_bucket: Bucket, tmp_path: Path) -> None:
    assert MediaMirror(folder_bucket, tmp_path / "media").mirror() == 0


def test_a_file_in_the_bucket_is_never_overwritten(folder_bucket: Bucket, tmp_path: Path) -> None:
    (tmp_path / "media/ab").mkdir(parents=True)
    (tmp_path / "media/ab/abc.jpg").write_bytes(b"damaged since")
    folder_bucket.write("media/ab/abc.jpg", b"the true one")
    with pytest.raises(ReplicationError):
        MediaMirror(folder_bucket, tmp_path / "media").mirror()
    assert folder_bucket.read("media/ab/abc.jpg") == b"the true one"
