import pytest

from deploy.drills import lost_box
from deploy.drills.spare import Spare

pytestmark = pytest.mark.box


def test_a_box_destroyed_after_a_safe_answer_costs_no_safe_post(bed: Spare) -> None:
    outcome = lost_box.drill(bed, 1, bare=0)
    assert outcome.is_met, outcome.figures
