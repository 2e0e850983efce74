"""A box for each test in a temporary folder, and a bucket where one is asked for."""

import secrets
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deploy.stage.seaweed import Seaweed
from tests.backup.scratch_box import ScratchBox
from tests.replicas import await_true


@pytest.fixture
def box(tmp_path: Path) -> ScratchBox:
    """A box with one blog, one post, one certificate, and a folder for its bucket."""
    made = ScratchBox(tmp_path / "box")
    made.build()
    return made


@pytest.fixture(scope="session")
def box_after_a_backup(tmp_path_factory: pytest.TempPathFactory) -> ScratchBox:
    """A box with one media file and one backup set, to be copied."""
    made = ScratchBox(tmp_path_factory.mktemp("after-a-backup") / "box")
    made.build()
    made.write_media(b"a picture")
    stamp = made.back_up()
    # Sets are named by the second: the next one needs another.
    await_true(lambda: f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}" != stamp)
    return made


@pytest.fixture
def saved_box(box_after_a_backup: ScratchBox, tmp_path: Path) -> ScratchBox:
    """A box that has made a backup set."""
    copied = ScratchBox(tmp_path / "box")
    shutil.copytree(box_after_a_backup.root, copied.root)
    copied.name_bucket(copied.bucket)
    return copied


@pytest.fixture
def bucket_name(box: ScratchBox, seaweed: Seaweed) -> str:
    """A new bucket on the S3 server, which the box then uses in the place of its folder."""
    name = f"backup-{secrets.token_hex(4)}"
    seaweed.make_bucket(name)
    seaweed.write_credentials(box.credentials / "bucket")
    seaweed.write_rclone_config(box.rclone_config, name)
    return name
