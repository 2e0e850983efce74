import pytest

from deploy.drills import full_disk
from deploy.drills.spare import Spare

pytestmark = pytest.mark.box


def test_a_full_disk_costs_no_word_and_no_reader(bed: Spare) -> None:
    outcome = full_disk.drill(bed, 1, seconds=4)
    # How soon it was back is measured by make drill, on a machine without other work.
    assert [figure for figure in outcome.figures if figure.unit != "s" and not figure.is_met] == []
