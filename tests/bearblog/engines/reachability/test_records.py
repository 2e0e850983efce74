"""Asking a real name server."""

import socket
from collections.abc import Iterator

import pytest

from bearblog.engines.reachability import records
from bearblog.engines.reachability.records import Found, look_up
from tests.strangers import name_server

ZONE = {
    ("example.org", "A"): ["192.0.2.7", "192.0.2.8"],
    ("example.org", "AAAA"): ["2001:db8::7"],
    ("_bearblog.example.org", "TXT"): ["v=other", "bearblog-1"],
    ("www.example.org", "CNAME"): ["example.org"],
}


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, int]]:
    with name_server(ZONE) as address:
        yield address


@pytest.mark.parametrize(
    ("name", "kind", "values"),
    [
        ("example.org", "A", {"192.0.2.7", "192.0.2.8"}),
        ("example.org", "AAAA", {"2001:db8::7"}),
        ("_bearblog.example.org", "TXT", {"v=other", "bearblog-1"}),
        ("www.example.org", "A", {"192.0.2.7", "192.0.2.8"}),
        ("example.org", "TXT", set()),
        ("nothing.example.org", "A", set()),
    ],
)
def test_records_are_found_through_aliases(
    server: tuple[str, int], name: str, kind: str, values: set[str]
) -> None:
    found = look_up(name, kind, server=server)
    assert (set(found.values), found.trouble) == (values, "")


def test_a_broken_zone_is_no_empty_one(server: tuple[str, int]) -> None:
    assert look_up("broken.example.org", "A", server=server) == Found(
        trouble="The name servers of broken.example.org could not answer."
    )


def test_a_silent_server_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_SECONDS_A_TRY", 0.05)
    monkeypatch.setattr(records, "_SECONDS_IN_ALL", 0.1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        found = look_up("example.org", "A", server=silent.getsockname())
    assert found.trouble == "The name servers of example.org did not answer in time."


def test_a_name_that_cannot_be_is_no_crash(server: tuple[str, int]) -> None:
    assert look_up(f"{'a' * 64}.org", "A", server=server).trouble
