import pytest

from deploy.drills import bad_bucket
from deploy.drills.spare import Spare

pytestmark = pytest.mark.box


def test_a_bucket_in_any_trouble_fails_no_save_and_is_never_called_safe(bed: Spare) -> None:
    outcome = bad_bucket.drill(bed, 1, seconds=4)
    # How long a save took is measured by make drill, on a machine without other work.
    assert [figure for figure in outcome.figures if figure.unit != "s" and not figure.is_met] == []
