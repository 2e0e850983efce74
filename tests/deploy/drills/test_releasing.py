import pytest

from deploy.drills import releasing, spare
from deploy.drills.spare import Spare
from deploy.droplet import box as boxes

pytestmark = pytest.mark.box


def test_a_release_and_the_way_back_cost_nobody_anything(bed: Spare) -> None:
    outcome = releasing.drill(bed, 1)
    # How long anyone waits is measured by make drill, on a machine without other work.
    assert [figure for figure in outcome.figures if figure.unit != "s" and not figure.is_met] == []
    assert outcome.kept["seconds of each step of a release"]
    # The next drill's box finds nothing in the bucket that its release does not know.
    boxes.discard(spare.restored_copy(bed))
