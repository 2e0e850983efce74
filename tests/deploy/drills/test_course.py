import pytest

from deploy.drills.course import told_parts
from deploy.droplet.state import DropletError

END = "and looked at before the site opened: of a moment not known, 12 rows, 2 pages of 1 blogs"


def test_the_farewell_of_the_playbook_tells_what_a_restore_took() -> None:
    said = f"- Restored from replica/1, in 6.5 s (fetched 3.25 s, checked 1 s, looked at 2.2 s), {END}"
    assert told_parts(said) == {"whole": 6.5, "fetched": 3.25, "checked": 1, "looked at": 2.2}


def test_it_is_read_wherever_the_line_is_broken() -> None:
    said = (
        f"- Restored from replica/1, in 6.5\n    s (fetched 3.25 s, checked\n    1 s, looked at 2.2 s), {END}"
    )
    assert told_parts(said) == {"whole": 6.5, "fetched": 3.25, "checked": 1, "looked at": 2.2}


def test_a_restore_from_a_backup_set_has_no_parts() -> None:
    assert told_parts(f"- Restored from the backup set 2026, in 6 s, {END}") == {"whole": 6}


def test_a_playbook_that_restored_nothing_is_refused() -> None:
    with pytest.raises(DropletError, match="does not say what it restored"):
        told_parts("The site answers.")
