"""A whole blog on its way in: beyond the limit of other forms, and straight to the application."""

import pytest

from tests.caddy.conftest import MAIN_HOST, Door

IMPORT = "/studio/alice/import/"
LARGE = 12 * 1024 * 1024 + 1


def test_a_large_blog_reaches_the_application_as_it_comes(door: Door) -> None:
    with door.application() as application:
        answer = door.visit(MAIN_HOST, IMPORT, method="POST", content=b"a" * LARGE)
    assert f"Content-Length: {LARGE}".encode() in application.received[0]
    assert answer.status_code in (200, 502, 503)


@pytest.mark.parametrize(
    ("host", "path"),
    [
        (MAIN_HOST, "/studio/alice/import/carry-out/"),
        (MAIN_HOST, "/studio/alice/import"),
        (MAIN_HOST, "/studio/alice/x/import/"),
        (f"alice.{MAIN_HOST}", IMPORT),
    ],
)
def test_other_addresses_keep_the_limit(door: Door, host: str, path: str) -> None:
    door.grant(host)
    with door.application() as application:
        assert door.visit(host, path, method="POST", content=b"a" * LARGE).status_code == 413
    assert application.received == []


def test_the_application_learns_the_visitors_address_from_caddy_alone_here_too(door: Door) -> None:
    with door.application():
        heard = door.visit(
            MAIN_HOST, IMPORT, headers={"X-Real-IP": "6.6.6.6", "Forwarded": "for=6.6.6.6"}
        ).text
    assert "X-Real-Ip: 127.0.0.1\r\n" in heard
    assert "6.6.6.6" not in heard
