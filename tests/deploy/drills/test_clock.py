import pytest

from deploy.drills import clock
from deploy.drills.spare import Spare

pytestmark = pytest.mark.box


def test_a_clock_a_day_off_costs_no_post_no_set_and_no_replica(bed: Spare) -> None:
    outcome = clock.drill(bed, 1, safe_a_stay=5)
    assert outcome.is_met, outcome.figures
