"""Boxes side by side: what one does to its units is nothing to the other's."""

import secrets
from collections.abc import Iterator

import pytest

from deploy.droplet import box as boxes
from deploy.droplet.box import Box

pytestmark = pytest.mark.box


@pytest.fixture
def other_box(bare_metal: None) -> Iterator[Box]:
    """A second box with nothing on it."""
    box = boxes.make_bare(f"bare-{secrets.token_hex(4)}")
    yield box
    boxes.remove(box)


def test_a_unit_killed_on_one_box_runs_on_on_the_other(bare_box: Box, other_box: Box) -> None:
    for box in (bare_box, other_box):
        box.ssh("systemd-run --quiet --unit=same sleep infinity")
    bare_box.ssh("systemctl kill --signal=KILL same")
    bare_box.ssh("while systemctl is-active --quiet same; do sleep 0.05; done")
    other_box.ssh("systemctl is-active --quiet same && pgrep --full 'sleep infinity'")
