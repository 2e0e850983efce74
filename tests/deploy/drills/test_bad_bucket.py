import pytest

from deploy.drills import bad_bucket
from deploy.drills.spare import Spare

pytestmark = pytest.mark.box


def test_a_bucket_in_any_trouble_fails_no_save_and_is_never_called_safe(bed: Spare) -> None:
    outcome = bad_bucket.drill(bed, 1, seconds=4)
    assert outcome.is_met, outcome.figures
