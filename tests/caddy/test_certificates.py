"""Who gets a certificate: Caddy asks itself, so the application may be asleep."""

import httpx
import pytest

from tests.caddy.conftest import MAIN_HOST, Door


def test_the_main_host_has_a_certificate_while_the_application_is_down(door: Door) -> None:
    assert door.visit(MAIN_HOST, "/readyz").status_code == 404


def test_a_granted_host_gets_a_certificate_while_the_application_is_down(door: Door) -> None:
    door.grant(f"alice.{MAIN_HOST}")
    assert door.visit(f"alice.{MAIN_HOST}", "/readyz").status_code == 404


def test_a_host_that_nobody_granted_gets_none(door: Door) -> None:
    with pytest.raises(httpx.ConnectError):
        door.visit(f"nobody.{MAIN_HOST}")


def test_the_main_host_with_www_leads_to_the_main_host(door: Door) -> None:
    answer = door.visit(f"www.{MAIN_HOST}", "/a?b=c")
    assert (answer.status_code, answer.headers["Location"]) == (
        308,
        f"https://{MAIN_HOST}:{door.https_port}/a?b=c",
    )


def test_a_granted_name_is_answered_yes(door: Door) -> None:
    door.grant("granted.example.org")
    assert door.may_have_certificate("granted.example.org")


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../hosts",
        "../hosts/granted.example.org",
        "/etc/passwd",
        "granted",
        "granted.example.org/",
        "granted.example.org\0",
        "granted.example.org.",
        "*.example.org",
        "-a.example.org",
    ],
)
def test_a_hostile_name_is_answered_no(door: Door, name: str) -> None:
    door.grant("granted.example.org")
    assert not door.may_have_certificate(name)
