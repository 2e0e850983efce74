import pytest

from deploy.drills import large_box
from deploy.drills.spare import Spare

pytestmark = pytest.mark.box


def test_a_lost_box_comes_back_with_all_posts_and_files_and_says_what_took_how_long(bed: Spare) -> None:
    outcome = large_box.drill(bed, 1, megabytes=5, files=20)
    # How long it took is measured by make drill, on a machine without other work.
    assert [figure for figure in outcome.figures if figure.unit != "s" and not figure.is_met] == []
    seconds = [figure for figure in outcome.figures if figure.unit == "s"]
    whole, *parts, _ = [figure.measured for figure in seconds]
    assert min(parts) > 0
    told = sum(figure.measured for figure in seconds if figure.name.startswith("of that"))
    assert whole + told == pytest.approx(sum(parts))
