"""Whether a commit is called safe: with the real Litestream, forwarder, worker and S3 server."""

import dataclasses
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bearblog.engines.replication import current
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.durable import Durable, Safety
from deploy.stage.bad_line import BadLine
from deploy.stage.seaweed import Seaweed
from tests.app_box import AppBox
from tests.replicas import await_true

COMMIT = "UPDATE blogs_blog SET title = ?"


@pytest.fixture
def line(seaweed: Seaweed) -> Iterator[BadLine]:
    """The way to the bucket."""
    made = BadLine(seaweed.port)
    yield made
    made.close()


@pytest.fixture
def far_bucket(bucket: Bucket, seaweed: Seaweed, line: BadLine) -> Bucket:
    """The bucket at the end of the line."""
    config = Path(bucket.rclone_config)
    config.write_text(config.read_text().replace(f":{seaweed.port}", f":{line.port}"))
    address = bucket.replica_url.replace(f":{seaweed.port}&", f":{line.port}&")
    return dataclasses.replace(bucket, replica_url=address)


@pytest.fixture
def box(far_bucket: Bucket, tmp_path: Path, migrated: Path) -> Iterator[AppBox]:
    """A box that replicates, with its worker."""
    made = AppBox(far_bucket, tmp_path / "far")
    made.install_copy(migrated)
    made.start()
    made.start_worker()
    yield made
    made.stop()


@pytest.fixture
def durable(box: AppBox) -> Durable:
    return Durable(sync_socket=str(box.sync_socket), standing_socket=str(box.standing_socket), most_waiting=3)


def wait(durable: Durable, seconds: float = 2) -> Safety:
    """What is said, and that it was said in time."""
    began = time.monotonic()
    said = durable.wait(seconds)
    assert time.monotonic() < began + seconds + 0.5
    return said


def becomes_safe(durable: Durable) -> None:
    await_true(lambda: durable.wait(2) is Safety.SAFE)


def test_what_is_called_safe_outlives_the_box(
    box: AppBox, durable: Durable, far_bucket: Bucket, tmp_path: Path
) -> None:
    box.execute(COMMIT, "Written last")
    file = box.folder / "media/ab/abc.jpg"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"a picture")
    assert durable.wait(10) is Safety.SAFE
    box.stop()
    assert far_bucket.read("media/ab/abc.jpg") == b"a picture"
    second = AppBox(far_bucket, tmp_path / "second")
    second.restore()
    assert second.value("SELECT title FROM blogs_blog") == "Written last"
    with closing(second.connect()) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_box_that_was_replaced_in_between_never_says_safe(
    box: AppBox, durable: Durable, far_bucket: Bucket, tmp_path: Path
) -> None:
    assert durable.wait(10) is Safety.SAFE
    AppBox(far_bucket, tmp_path / "other").claim(start_new=True)
    box.execute(COMMIT, "Lost")
    assert wait(durable) is Safety.PENDING
    # The look that found it out has turned the studio read-only at once.
    assert (box.folder / "superseded.json").exists()
    assert wait(durable) is Safety.PENDING


def test_without_a_worker_a_save_is_pending_until_it_is_back(box: AppBox, durable: Durable) -> None:
    assert durable.wait(10) is Safety.SAFE
    box.stop_worker()
    assert wait(durable) is Safety.PENDING
    box.start_worker()
    becomes_safe(durable)


def test_a_bucket_that_falls_silent_holds_nobody_up_for_longer_than_the_bound(
    box: AppBox, durable: Durable, line: BadLine
) -> None:
    assert durable.wait(10) is Safety.SAFE
    line.delay = 60
    box.execute(COMMIT, "Waits")
    assert wait(durable, 1) is Safety.PENDING
    began = time.monotonic()
    # Nobody else waits for what is known to be dead.
    assert {durable.wait(5) for _ in range(20)} == {Safety.PENDING}
    assert time.monotonic() < began + 0.5
    line.cut()
    line.mend()
    becomes_safe(durable)


def test_a_bucket_that_is_gone_and_comes_back_is_pending_then_safe(
    box: AppBox, durable: Durable, line: BadLine
) -> None:
    assert durable.wait(10) is Safety.SAFE
    line.cut()
    box.execute(COMMIT, "Waits")
    assert wait(durable) is Safety.PENDING
    line.mend()
    becomes_safe(durable)


def test_a_slow_bucket_is_waited_for_within_the_bound(box: AppBox, durable: Durable, line: BadLine) -> None:
    assert durable.wait(10) is Safety.SAFE
    line.delay = 0.1
    box.execute(COMMIT, "A little late")
    assert wait(durable) is Safety.SAFE


def test_a_file_that_the_bucket_does_not_have_is_pending(
    box: AppBox, durable: Durable, far_bucket: Bucket
) -> None:
    assert durable.wait(10) is Safety.SAFE
    far_bucket.write("media/ab/abc.jpg", b"other bytes than those on the box")
    file = box.folder / "media/ab/abc.jpg"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"a picture")
    assert wait(durable) is Safety.PENDING
    shutil.rmtree(file.parent)
    becomes_safe(durable)


def test_a_bucket_without_current_is_never_called_safe_for_that(
    box: AppBox, durable: Durable, far_bucket: Bucket
) -> None:
    assert durable.wait(10) is Safety.SAFE
    far_bucket.write(current.OBJECT, b"{}")
    assert wait(durable) is Safety.PENDING
