"""Droplets side by side: names, numbers, folders."""

from pathlib import Path

import pytest

from deploy.droplet import state
from deploy.droplet.state import Droplet, DropletError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for .droplet/."""
    monkeypatch.setattr(state, "HOME", tmp_path)
    monkeypatch.setattr(state, "SHARED", tmp_path / "shared")
    return tmp_path


def test_each_droplet_gets_a_number_an_address_and_a_port_of_its_own(home: Path) -> None:
    first, second = state.allot("droplet"), state.allot("second")
    assert (first.address, first.https_port) == ("10.213.0.2", 8443)
    assert (second.address, second.https_port) == ("10.213.0.3", 8444)
    assert (first.home, second.home) == (home, home / "second")
    assert state.every() == [first, second]


def test_a_known_droplet_keeps_its_number() -> None:
    assert state.allot("droplet") == state.allot("droplet") == state.find("droplet")


def test_a_freed_number_is_used_again() -> None:
    state.allot("droplet")
    (state.allot("second").home / "droplet.json").unlink()
    assert state.allot("third").number == 3


def test_an_unknown_droplet_is_not_found() -> None:
    assert state.find("nowhere") is None


@pytest.mark.parametrize("name", ["", "Upper", "../escape", "a b", "shared", "machine", "x" * 21])
def test_a_name_that_cannot_be_one_is_refused(name: str) -> None:
    with pytest.raises(DropletError, match="cannot be a droplet's name"):
        state.allot(name)


def test_interface_names_fit_the_kernel() -> None:
    assert len(Droplet("x" * 20, 254).link) <= 15
