"""The record of what the playbook installed."""

from pathlib import Path

import pytest

from deploy.survey import installed

FILES = ("etc/litestream.yml", "etc/bearblog/credentials/secret_key", "etc/systemd/system/bearblog.service")


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A folder with some of a box's files, recorded."""
    for name in FILES:
        write(tmp_path, name, name)
    assert installed.record(tmp_path)
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)


def test_what_was_installed_is_as_it_was(box: Path) -> None:
    assert installed.compare(box) == {"recorded": True, "changed": [], "missing": [], "added": []}


def test_a_second_record_changes_nothing_and_only_root_reads_it(box: Path) -> None:
    assert not installed.record(box)
    assert (box / installed.RECORD).stat().st_mode & 0o777 == 0o600


def test_what_differs_is_named_until_it_is_recorded_anew(box: Path) -> None:
    write(box, "etc/litestream.yml", "other")
    (box / FILES[1]).unlink()
    write(box, "etc/systemd/system/bearblog.service.d/override.conf", "[Service]")
    assert installed.compare(box) == {
        "recorded": True,
        "changed": ["/etc/litestream.yml"],
        "missing": ["/etc/bearblog/credentials/secret_key"],
        "added": ["/etc/systemd/system/bearblog.service.d/override.conf"],
    }
    assert installed.record(box)
    assert installed.compare(box)["changed"] == []


def test_who_changes_a_file_by_right_records_that_one_only(box: Path) -> None:
    write(box, "etc/litestream.yml", "another prefix")
    write(box, "etc/systemd/system/bearblog.service", "by hand")
    assert installed.record_again(box, ["/etc/litestream.yml"])
    assert not installed.record_again(box, ["/etc/litestream.yml"])
    assert installed.compare(box)["changed"] == ["/etc/systemd/system/bearblog.service"]


def test_a_box_without_a_record_gets_none_of_some_files(tmp_path: Path) -> None:
    write(tmp_path, "etc/litestream.yml", "x")
    assert not installed.record_again(tmp_path, ["/etc/litestream.yml"])
    assert not (tmp_path / installed.RECORD).exists()


def test_files_of_others_are_not_looked_at(box: Path) -> None:
    write(box, "etc/systemd/system/other.service", "x")
    write(box, "etc/ssh/sshd_config.d/50-cloud.conf", "x")
    assert installed.compare(box)["added"] == []


def test_a_box_without_a_record_says_so(tmp_path: Path) -> None:
    assert installed.compare(tmp_path)["recorded"] is False


def test_a_damaged_record_is_refused(box: Path) -> None:
    (box / installed.RECORD).write_text("{")
    with pytest.raises(ValueError, match="Expecting"):
        installed.compare(box)
