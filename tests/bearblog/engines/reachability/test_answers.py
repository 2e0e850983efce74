"""Asking a real host over HTTPS, at an address of ours."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bearblog.engines.reachability.answers import NoAnswer, fetch
from tests.strangers import https_server, make_certificate

ANSWERS = {
    "example.org/word": (200, "bearblog-1\n"),
    "example.org/long": (200, "a" * 5000),
    "example.org/moved": (302, "https://example.org/word"),
}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"), "example.org")


@pytest.fixture(scope="module")
def port(certificate: Path) -> Iterator[int]:
    with https_server(certificate, ANSWERS) as listening:
        yield listening


@pytest.fixture
def believed(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.mark.usefixtures("believed")
def test_the_beginning_of_an_answer_is_read(port: int) -> None:
    assert fetch("example.org", "/word", address="127.0.0.1", port=port) == "bearblog-1"
    assert len(fetch("example.org", "/long", address="127.0.0.1", port=port)) == 1000


@pytest.mark.usefixtures("believed")
@pytest.mark.parametrize(
    ("host", "path", "words"),
    [
        ("example.org", "/nothing", "status 404"),
        ("example.org", "/moved", "status 302"),
        ("other.example", "/word", "no certificate for other.example"),
    ],
)
def test_any_other_answer_is_none(port: int, host: str, path: str, words: str) -> None:
    with pytest.raises(NoAnswer, match=words) as refusal:
        fetch(host, path, address="127.0.0.1", port=port)
    assert words in refusal.value.sentence


def test_a_certificate_that_nobody_believes_is_none(port: int) -> None:
    with pytest.raises(NoAnswer, match="no certificate"):
        fetch("example.org", "/word", address="127.0.0.1", port=port)


def test_a_closed_door_is_no_answer() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(NoAnswer, match="did not answer"):
            fetch("example.org", "/", address="127.0.0.1", port=closed.getsockname()[1])
