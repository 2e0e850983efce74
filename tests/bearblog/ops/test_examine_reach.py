"""The doctor's lines on the main host's name and on the letters' way out: real servers on loopback."""

import socket
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.conf import settings

from bearblog.engines.vitals.findings import Finding, Grade
from bearblog.ops import examine_reach
from tests.strangers import Records, name_server


@pytest.fixture(autouse=True)
def example_org(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MAIN_HOST", "blog.example.org")
    monkeypatch.setattr(settings, "PUBLIC_IPV4", "203.0.113.7")
    monkeypatch.setattr(settings, "PUBLIC_IPV6", "")


@contextmanager
def serving(server: socketserver.TCPServer) -> Iterator[int]:
    with server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def mail_server(*answers: bytes) -> socketserver.TCPServer:
    """A server that greets, and then gives these answers in their order."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            for answer in answers:
                self.wfile.write(answer)
                self.rfile.readline()

    return socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)


def provider(status: int) -> socketserver.TCPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


def led(records: Records, monkeypatch: pytest.MonkeyPatch) -> Finding:
    with name_server(records) as server:
        monkeypatch.setattr(settings, "DNS_SERVER", server)
        return examine_reach.main_host()


def sent(provider: str, port: int, monkeypatch: pytest.MonkeyPatch) -> Finding:
    monkeypatch.setattr(settings, "MAIL_PROVIDER", provider)
    monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
    monkeypatch.setattr(settings, "EMAIL_PORT", port)
    monkeypatch.setitem(settings.ANYMAIL, "MAILGUN_API_URL", f"http://127.0.0.1:{port}/v3")
    return examine_reach.mail()


def test_a_name_that_leads_here_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    records = {("blog.example.org", "A"): ["203.0.113.7"]}
    assert led(records, monkeypatch).grade is Grade.OK
    monkeypatch.setattr(settings, "PUBLIC_IPV6", "2001:db8::7")
    finding = led({**records, ("blog.example.org", "AAAA"): ["2001:db8::7"]}, monkeypatch)
    assert finding.sentence == "blog.example.org leads to 203.0.113.7 and 2001:db8::7."


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ({}, "leads to nowhere (A); the inventory says 203.0.113.7"),
        ({("blog.example.org", "A"): ["203.0.113.9"]}, "leads to 203.0.113.9 (A)"),
        (
            {("blog.example.org", "A"): ["203.0.113.7"], ("blog.example.org", "AAAA"): ["2001:db8::9"]},
            "leads to 2001:db8::9 (AAAA); the inventory says nothing",
        ),
    ],
)
def test_a_name_that_leads_elsewhere_is_told(
    records: Records, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = led(records, monkeypatch)
    assert finding.grade is Grade.FAIL
    assert words in finding.sentence


def test_name_servers_in_trouble_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MAIN_HOST", "broken.example.org")
    assert "could not answer" in led({}, monkeypatch).sentence


def test_without_an_address_in_the_inventory_there_is_nothing_to_compare(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "PUBLIC_IPV4", "")
    assert led({}, monkeypatch).grade is Grade.WARNING


def test_a_name_below_localhost_is_looked_up_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MAIN_HOST", "bear.localhost")
    monkeypatch.setattr(settings, "DNS_SERVER", ("127.0.0.1", 9))
    assert examine_reach.main_host().grade is Grade.OK


def test_without_a_provider_letters_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = sent("none", 9, monkeypatch)
    assert finding.grade is Grade.OK
    assert "letters stay in the outbox" in finding.sentence


def test_an_smtp_server_that_takes_letters_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    server = mail_server(b"220 hello\r\n", b"250-hello\r\n250 STARTTLS\r\n", b"221 bye\r\n")
    with serving(server) as port:
        finding = sent("smtp", port, monkeypatch)
    assert (finding.grade, finding.sentence) == (Grade.OK, f"127.0.0.1:{port} takes letters.")


def test_one_without_encryption_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(mail_server(b"220 hello\r\n", b"250 hello\r\n", b"221 bye\r\n")) as port:
        finding = sent("smtp", port, monkeypatch)
    assert finding.grade is Grade.FAIL
    assert "no STARTTLS" in finding.sentence


@pytest.mark.parametrize("provider_name", ["smtp", "mailgun"])
def test_a_closed_port_is_told_with_another_way(provider_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        finding = sent(provider_name, taken.getsockname()[1], monkeypatch)
    assert finding.grade is Grade.FAIL
    assert "cannot be reached" in finding.sentence
    assert "2525" in finding.mend


@pytest.mark.parametrize("provider_name", ["smtp", "mailgun"])
def test_a_silent_one_is_not_waited_for(provider_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examine_reach, "_SECONDS", 0.1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        finding = sent(provider_name, silent.getsockname()[1], monkeypatch)
    assert finding.grade is Grade.FAIL
    assert "timed out" in finding.sentence


@pytest.mark.parametrize(("status", "grade"), [(200, Grade.OK), (401, Grade.OK), (503, Grade.WARNING)])
def test_mailgun_answers_or_is_in_trouble(status: int, grade: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(provider(status)) as port:
        assert sent("mailgun", port, monkeypatch).grade is grade
