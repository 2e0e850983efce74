"""A place in the bucket of its own for each test, and boxes that replicate to it."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from bearblog.engines.replication.bucket import Bucket
from deploy.stage.seaweed import Seaweed
from tests.replicas import ReplicatedBox, make_bucket, make_folder_bucket

# One for all: SeaweedFS grows volumes for each bucket, and soon has no more.
SHARED_BUCKET = "boxes"


@pytest.fixture(scope="session")
def shared_bucket(seaweed: Seaweed) -> str:
    """The name of the bucket in which all boxes take their places."""
    seaweed.make_bucket(SHARED_BUCKET)
    return SHARED_BUCKET


@pytest.fixture(scope="session")
def bucket_credentials(seaweed: Seaweed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The keys of the bucket, as a file."""
    file = tmp_path_factory.mktemp("credentials") / "bucket"
    seaweed.write_credentials(file)
    return file


@pytest.fixture
def bucket_access(bucket_credentials: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names the keys where rclone and litestream look for them."""
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(bucket_credentials))


@pytest.fixture
def bucket(seaweed: Seaweed, shared_bucket: str, bucket_access: None, tmp_path: Path) -> Bucket:
    """An empty place in the bucket."""
    return make_bucket(seaweed, f"{shared_bucket}/box-{secrets.token_hex(4)}", tmp_path)


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
