"""What Caddy lets through to the application, and what it adds, answers or refuses itself."""

import contextlib
import threading

import httpx
import pytest

from tests.caddy.conftest import MAIN_HOST, Door

BLOG = f"alice.{MAIN_HOST}"


def test_the_application_learns_the_visitors_address_from_caddy_alone(door: Door) -> None:
    lies = {"X-Real-IP": "6.6.6.6", "X-Forwarded-For": "6.6.6.6", "X-Forwarded-Host": "evil.example"}
    lies |= {"X-Forwarded-Server": "evil.example", "Forwarded": "for=6.6.6.6", "X-Bearblog-Render": "again"}
    with door.application():
        heard = door.visit(MAIN_HOST, headers=lies).text
    assert "X-Real-Ip: 127.0.0.1\r\n" in heard
    assert "X-Forwarded-Proto: https\r\n" in heard
    assert "6.6.6.6" not in heard
    assert "evil" not in heard
    assert "X-Bearblog" not in heard


@pytest.mark.parametrize("host", ["..", "..:80", ".", "-", "a_b.example", "[::1]", "bear.localhost.", "a..b"])
def test_a_host_header_with_nonsense_reaches_nothing(door: Door, host: str) -> None:
    with door.application() as application:
        assert door.visit(MAIN_HOST, said=host).status_code == 400
    assert application.received == []


def test_readiness_is_not_public(door: Door) -> None:
    with door.application() as application:
        for path in ("/readyz", "/READYZ", "/readyz/", "//readyz", "/%72eadyz"):
            assert door.visit(MAIN_HOST, path).status_code == 404
    assert application.received == []


def test_a_request_waits_while_the_application_restarts(door: Door) -> None:
    with contextlib.ExitStack() as until_the_end:
        arrival = threading.Timer(0.1, until_the_end.enter_context, [door.application()])
        arrival.start()
        assert door.visit(MAIN_HOST).status_code == 200
        arrival.join()


def test_what_somebody_sends_waits_longer(door: Door) -> None:
    with contextlib.ExitStack() as until_the_end:
        arrival = threading.Timer(2, until_the_end.enter_context, [door.application()])
        arrival.start()
        assert door.visit(MAIN_HOST, method="POST").status_code == 200
        arrival.join()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/hit/", "/hit/a-post/", "/hit", "/hit/a/b/?from=x"])
def test_the_picture_that_counts_a_reader_is_empty_and_not_kept(door: Door, path: str, method: str) -> None:
    door.grant(BLOG)
    with door.application() as application:
        answer = door.visit(BLOG, path, method=method)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (204, "no-store")
    assert application.received == []


@pytest.mark.parametrize(("host", "path"), [(MAIN_HOST, "/hit/"), (BLOG, "/hits/"), (BLOG, "/hit.html")])
def test_other_addresses_are_no_such_picture(door: Door, host: str, path: str) -> None:
    door.grant(BLOG)
    with door.application() as application:
        door.visit(host, path)
    assert len(application.received) == 1


@pytest.mark.parametrize("name", ["favicon.ico", "apple-touch-icon.png", "apple-touch-icon-precomposed.png"])
def test_every_icon_of_a_blog_is_the_same_one(door: Door, name: str) -> None:
    door.grant(BLOG)
    answer = door.visit(BLOG, f"/{name}?v=1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/favicon.svg")
    assert answer.headers["Cache-Control"] == "public, max-age=86400"


def test_a_body_above_the_limit_is_refused(door: Door) -> None:
    with door.application() as application:
        answer = door.visit(MAIN_HOST, method="POST", content=b"a" * (12 * 1024 * 1024 + 1))
    assert (answer.status_code, answer.text[:28]) == (413, "This is larger than 12 MB, t")
    assert application.received == []


def test_a_body_within_the_limit_reaches_the_application(door: Door) -> None:
    with door.application():
        assert door.visit(MAIN_HOST, method="POST", content=b"a" * 1024).text.endswith("a" * 1024)


def test_static_files_with_a_hash_in_the_name_are_kept_for_ever(door: Door) -> None:
    static = door.folder / "static"
    (static / "site.0123456789ab.css").write_text("body{}")
    (static / "site.0123456789ab.css.br").write_bytes(b"compressed")
    (static / "plain.css").write_text("body{}")
    plain = door.visit(MAIN_HOST, "/static/site.0123456789ab.css", headers={"Accept-Encoding": "identity"})
    assert (plain.text, plain.headers["Cache-Control"]) == ("body{}", "public, max-age=31536000, immutable")
    assert "Cache-Control" not in door.visit(MAIN_HOST, "/static/plain.css").headers


def test_a_missing_static_file_is_not_kept(door: Door) -> None:
    answer = door.visit(MAIN_HOST, "/static/gone.0123456789ab.css")
    assert answer.status_code == 404
    assert "Cache-Control" not in answer.headers


def test_precompressed_static_files_are_sent_as_they_lie(door: Door) -> None:
    static = door.folder / "static"
    (static / "page.0123456789ab.js").write_text("code")
    (static / "page.0123456789ab.js.gz").write_bytes(b"\x1f\x8b")
    answer = door.visit(
        MAIN_HOST, "/static/page.0123456789ab.js", method="HEAD", headers={"Accept-Encoding": "br, gzip"}
    )
    assert answer.headers["Content-Encoding"] == "gzip"


def test_every_answer_carries_the_security_headers(door: Door) -> None:
    with door.application():
        answers = [door.visit(MAIN_HOST), door.visit(MAIN_HOST, "/static/none.css")]
    for answer in answers:
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "geolocation=()" in answer.headers["Permissions-Policy"]
        assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'none'"
        assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert "Server" not in answer.headers
        assert "Via" not in answer.headers


def test_the_applications_own_policies_stand(door: Door) -> None:
    with door.application() as application:
        application.headers = "Content-Security-Policy: sandbox\r\nReferrer-Policy: no-referrer\r\n"
        answer = door.visit(MAIN_HOST)
    assert answer.headers.get_list("Content-Security-Policy") == ["sandbox"]
    assert answer.headers.get_list("Referrer-Policy") == ["no-referrer"]


def test_plain_http_leads_to_the_port_of_https(door: Door) -> None:
    address = f"http://127.0.0.1:{door.http_port}/a?b=c"
    answer = httpx.get(address, headers={"Host": f"alice.{MAIN_HOST}"})
    assert (answer.status_code, answer.headers["Location"]) == (
        308,
        f"https://alice.{MAIN_HOST}:{door.https_port}/a?b=c",
    )
    assert httpx.get(address, headers={"Host": ".."}).status_code == 400
