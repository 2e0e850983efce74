"""Real boxes: one is provisioned from bare, and each test gets a copy of it with a bucket of its own."""

import secrets
from collections.abc import Iterator

import pytest

from deploy.droplet import box as boxes
from deploy.droplet import ground, machine, state
from deploy.droplet.box import Box


@pytest.fixture(scope="session")
def bare_metal() -> Iterator[None]:
    """The bare Debian, the bridge and the S3 server; they stay while another worker's boxes use them."""
    keeper = state.allot(f"tests-{secrets.token_hex(4)}")
    ground.prepare()
    yield
    (keeper.home / "droplet.json").unlink()
    keeper.home.rmdir()
    ground.clear_unless_used(keep_image=True)


@pytest.fixture
def bare_box(bare_metal: None) -> Iterator[Box]:
    """A booted box with nothing on it, and an empty bucket."""
    box = boxes.make_bare(f"bare-{secrets.token_hex(4)}")
    yield box
    boxes.remove(box)


@pytest.fixture(scope="session")
def provisioned(bare_metal: None) -> Iterator[Box]:
    """A box provisioned from bare and shut down; never started again, only copied."""
    box = boxes.make_bare(f"first-{secrets.token_hex(4)}")
    try:
        box.play("site.yml")
        machine.power_off(box.droplet)
        yield box
    finally:
        boxes.remove(box)


@pytest.fixture
def stopped_box(provisioned: Box) -> Iterator[Box]:
    """A stopped copy of the provisioned box."""
    box = boxes.copy_box(provisioned)
    yield box
    boxes.remove(box)


@pytest.fixture
def box(stopped_box: Box) -> Box:
    """A running copy of the provisioned box."""
    stopped_box.boot()
    machine.await_port(stopped_box.droplet, stopped_box.https_port)
    return stopped_box
