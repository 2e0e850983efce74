"""Alarms on a real box: each is told once when something fails and once when it is well again."""

from collections.abc import Iterator

import pytest

from deploy.droplet import state
from deploy.droplet.box import Box
from tests.listener import Listener
from tests.replicas import await_true

pytestmark = pytest.mark.box


@pytest.fixture
def told() -> Iterator[Listener]:
    """A webhook on the machine that carries the boxes."""
    made = Listener(state.GATEWAY)
    yield made
    made.close()


@pytest.fixture
def box(box: Box, told: Listener) -> Box:
    """A box that tells it."""
    box.write_inventory(alarm_webhook=f"{told.url}/hook")
    box.play("site.yml")
    return box


def number(told: Listener, words: str) -> int:
    return sum(text.count(words) for text in told.texts)


def test_a_loop_of_crashes_and_a_crash_are_told_once_and_their_ends_too(box: Box, told: Listener) -> None:
    assert "webhook: told." in box.ssh("bearblog alarm --test")
    assert len(told.posted) == 1
    # Nothing of the application helps to tell.
    box.ssh("systemctl stop bearblog.socket bearblog bearblog-worker")
    box.ssh("cp /etc/litestream.yml /root/whole.yml && echo 'no YAML: [' >/etc/litestream.yml")
    box.ssh("systemctl kill --signal KILL caddy; systemctl restart litestream || true")
    await_true(lambda: number(told, "caddy.service has failed.") == 1, seconds=60)
    await_true(lambda: number(told, "litestream.service has failed.") == 1, seconds=60)
    restarts = "systemctl show --property NRestarts --value litestream"
    await_true(lambda: int(box.ssh(restarts)) > 5, seconds=60)
    listed = box.ssh("bearblog alarm --list || true")
    assert "unit litestream.service, since" in listed
    assert "told: webhook" in listed
    box.ssh("cp /root/whole.yml /etc/litestream.yml")
    box.ssh("systemctl start bearblog.socket bearblog bearblog-worker")
    await_true(lambda: number(told, ": unit caddy.service") == 2, seconds=240)
    await_true(lambda: number(told, ": unit litestream.service") == 2, seconds=240)
    for unit in ("caddy", "litestream"):
        assert number(told, f"{unit}.service has failed.") == 1
    assert number(told, "Mended after ") == 2
    assert number(told, "Error in the application") == 0
    assert number(told, "the web service") == 0
    assert box.ssh("systemctl --failed --no-legend").strip() == ""
