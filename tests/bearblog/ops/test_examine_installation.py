"""The doctor's lines on drift and on the reserved address."""

import pytest
from django.conf import settings

from bearblog.engines.vitals.findings import Grade
from bearblog.ops import examine_installation
from bearblog.ops.survey import Drift, ReservedAddress


@pytest.fixture(autouse=True)
def public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "PUBLIC_IPV4", "203.0.113.7")


def test_a_box_as_the_playbook_left_it_is_well() -> None:
    assert examine_installation.drift(Drift(True, (), (), ())).grade is Grade.OK


def test_files_that_differ_are_named() -> None:
    many = tuple(f"/etc/caddy/{number}" for number in range(7))
    finding = examine_installation.drift(Drift(True, ("/etc/litestream.yml",), (), many))
    assert finding.grade is Grade.FAIL
    assert "changed: /etc/litestream.yml; added: /etc/caddy/0, " in finding.sentence
    assert finding.sentence.endswith("/etc/caddy/4 and 2 more.")
    assert "missing" not in finding.sentence


def test_an_installation_that_was_not_recorded_is_warned_of() -> None:
    finding = examine_installation.drift(Drift(False, (), (), ()))
    assert (finding.grade, finding.mend) == (Grade.WARNING, "Run the playbook to its end.")


def test_the_reserved_address_of_the_inventory_is_well() -> None:
    finding = examine_installation.reserved_address(ReservedAddress(True, "203.0.113.7"))
    assert (finding.grade, finding.sentence) == (
        Grade.OK,
        "203.0.113.7 leads here, and outlives the droplet.",
    )


def test_another_machine_is_said_to_be_no_droplet() -> None:
    finding = examine_installation.reserved_address(ReservedAddress(False, ""))
    assert finding.grade is Grade.OK
    assert finding.sentence.startswith("This is no droplet")


@pytest.mark.parametrize(
    ("address", "words"), [("", "No reserved address"), ("203.0.113.9", "the inventory says 203.0.113.7")]
)
def test_a_droplet_without_it_is_warned_of(address: str, words: str) -> None:
    finding = examine_installation.reserved_address(ReservedAddress(True, address))
    assert finding.grade is Grade.WARNING
    assert words in finding.sentence
