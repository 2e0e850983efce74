import pytest

from deploy.drills import letters
from deploy.drills.spare import Spare

pytestmark = pytest.mark.box


def test_a_worker_killed_in_the_midst_of_a_letter_sends_none_twice(bed: Spare) -> None:
    outcome = letters.drill(bed, 2)
    assert outcome.is_met, outcome.figures
