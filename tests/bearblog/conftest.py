"""One real S3 server for all tests that need a bucket, and a bucket of its own for each."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from bearblog.engines.replication.bucket import Bucket
from tests.replicas import ReplicatedBox, make_bucket, make_folder_bucket
from tests.seaweed import Seaweed

# One for all: SeaweedFS grows volumes for each bucket, and soon has no more.
SHARED_BUCKET = "boxes"


@pytest.fixture(scope="session")
def seaweed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seaweed]:
    """A running S3 server."""
    server = Seaweed(tmp_path_factory.mktemp("seaweed"))
    server.start()
    server.make_bucket(SHARED_BUCKET)
    yield server
    server.stop()


@pytest.fixture
def bucket(seaweed: Seaweed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """An empty place in the bucket, with the keys where rclone and litestream look for them."""
    seaweed.write_credentials(tmp_path / "credentials")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    return make_bucket(seaweed, f"{SHARED_BUCKET}/box-{secrets.token_hex(4)}", tmp_path)


@pytest.fixture
def folder_bucket(tmp_path: Path) -> Bucket:
    """An empty folder in the place of a bucket."""
    return make_folder_bucket(tmp_path)


@pytest.fixture
def folder_box(folder_bucket: Bucket, tmp_path: Path) -> Iterator[ReplicatedBox]:
    """A box that replicates to a folder."""
    made = ReplicatedBox(folder_bucket, tmp_path / "local")
    made.install()
    yield made
    made.stop()


@pytest.fixture
def box(bucket: Bucket, tmp_path: Path) -> Iterator[ReplicatedBox]:
    """A box that has claimed the bucket and replicates to it."""
    made = ReplicatedBox(bucket, tmp_path / "first")
    made.install()
    yield made
    made.stop()
