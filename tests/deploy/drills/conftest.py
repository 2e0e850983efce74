"""A spare that the drills of one worker share."""

from collections.abc import Iterator

import pytest

from deploy.drills import spare
from deploy.drills.spare import Spare
from deploy.droplet import box as boxes
from deploy.droplet.box import Box


@pytest.fixture(scope="session")
def bed(provisioned: Box) -> Iterator[Spare]:
    """A spare made of a copy of the provisioned box."""
    box = boxes.copy_box(provisioned)
    try:
        box.boot()
        yield spare.make(box)
    finally:
        boxes.remove(box)
