"""The doctor's lines on memory, units, clock and updates."""

from datetime import UTC, datetime, timedelta

from bearblog.engines.vitals.findings import Grade
from bearblog.ops import examine_machine
from bearblog.ops.survey import Memory, Updates


def test_memory_that_can_be_had_is_well() -> None:
    finding = examine_machine.memory(Memory(1_000_000_000, 400_000_000))
    assert (finding.grade, finding.sentence) == (Grade.OK, "400 MB of 1000 MB (40%) can be had.")


def test_little_memory_is_warned_of_and_none_is_told() -> None:
    assert examine_machine.memory(Memory(1000, 90)).grade is Grade.WARNING
    assert examine_machine.memory(Memory(1000, 30)).grade is Grade.FAIL


def test_a_failed_unit_is_named_with_where_to_look() -> None:
    assert examine_machine.failed_units(()).grade is Grade.OK
    finding = examine_machine.failed_units(("bearblog-backup.service", "apt-daily.service"))
    assert (finding.grade, finding.sentence) == (
        Grade.FAIL,
        "Failed: bearblog-backup.service, apt-daily.service.",
    )
    assert finding.mend.startswith("See: journalctl -u bearblog-backup.service;")


def test_a_clock_that_is_set_is_well_and_one_that_nobody_sets_is_told() -> None:
    assert examine_machine.clock("right").grade is Grade.OK
    assert "below this container" in examine_machine.clock("host").sentence
    assert examine_machine.clock("adrift").grade is Grade.FAIL


def test_updates_that_wait_are_warned_of() -> None:
    now = datetime.now(UTC)
    assert examine_machine.updates(Updates(0, now)).grade is Grade.OK
    finding = examine_machine.updates(Updates(3, now))
    assert (finding.grade, finding.sentence[:24]) == (Grade.WARNING, "3 security updates wait;")


def test_lists_that_are_old_know_of_no_update() -> None:
    finding = examine_machine.updates(Updates(0, datetime.now(UTC) - timedelta(days=4, hours=1)))
    assert finding.grade is Grade.WARNING
    assert finding.sentence.startswith("The package lists are 4 days old")


def test_a_reboot_that_waits_is_warned_of() -> None:
    assert examine_machine.reboot("").grade is Grade.OK
    finding = examine_machine.reboot("Linux 6.12.10 is installed, 6.12.9 runs.")
    assert (finding.grade, finding.sentence) == (Grade.WARNING, "Linux 6.12.10 is installed, 6.12.9 runs.")
