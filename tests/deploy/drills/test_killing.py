import pytest

from deploy.drills import killing
from deploy.drills.spare import Spare

pytestmark = pytest.mark.box


def test_services_that_are_killed_under_writes_cost_no_post(bed: Spare) -> None:
    outcome = killing.drill(bed, 3)
    assert outcome.is_met, outcome.figures
