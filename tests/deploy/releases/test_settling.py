"""What a boot sets right after a release that was cut off. On a living box: test_release_on_box.py."""

import pytest

from deploy.releases import records, settling
from deploy.releases.places import Places
from deploy.releases.records import Underway
from deploy.releases.switching import STEPS


def cut_off(places: Places, step: str) -> list[str]:
    """What is said at the boot after a release from the second version to the third was cut off there."""
    begun = Underway("20261103-cccccccc", "20261102-bbbbbbbb", "alice@laptop", records.now())
    records.write_underway(places, begun, step)
    said: list[str] = []
    settling.settle(places, said.append, is_running=False)
    return said


@pytest.mark.parametrize("step", STEPS)
def test_wherever_it_was_cut_off_the_release_before_serves(places: Places, step: str) -> None:
    if STEPS.index(step) >= STEPS.index("letting it serve"):
        places.swing("20261103-cccccccc")
    said = cut_off(places, step)
    assert places.serving() == "20261102-bbbbbbbb"
    assert f"did not get past “{step}”" in said[0]
    assert records.read_underway(places) is None
    (record,) = records.history(places)
    assert (record.version, record.outcome, record.step) == ("20261103-cccccccc", "returned", step)


def test_pages_of_the_new_release_are_taken_out_of_sight(places: Places) -> None:
    places.stored_pages.parent.mkdir(parents=True)
    places.stored_pages.symlink_to("20261103-cccccccc-0a1b2c3d")
    cut_off(places, "probing the candidate")
    assert places.stored_pages.is_symlink()
    places.swing("20261103-cccccccc")
    cut_off(places, "visiting the site")
    assert not places.stored_pages.is_symlink()


def test_it_says_whether_the_database_is_as_it_was(places: Places) -> None:
    assert "the database is as it was" in cut_off(places, "waiting for the replica")[-1]
    assert "they only add" in cut_off(places, "migrating")[-1]


def test_where_nothing_was_under_way_nothing_is_touched(places: Places) -> None:
    said: list[str] = []
    settling.settle(places, said.append, is_running=False)
    assert said == []
    assert not places.history.exists()
