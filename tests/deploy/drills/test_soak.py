import pytest

from deploy.drills import soak
from deploy.drills.spare import Spare

pytestmark = pytest.mark.box


def test_kills_under_writes_and_reads_cost_no_post(bed: Spare) -> None:
    outcome = soak.drill(bed, 5, seconds=4)
    # How much and how fast is measured by make drill, on a machine without other work.
    counts = [figure for figure in outcome.figures if figure.most == 0]
    assert len(counts) == 3
    assert [figure for figure in counts if not figure.is_met] == []
    assert outcome.notes[-1].count("killed") == 1
    assert len(outcome.notes[-1].splitlines()) == 2 + 5
