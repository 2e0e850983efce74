import ssl
from pathlib import Path

from deploy.bench.reader import Door
from deploy.drills import readers
from deploy.drills.readers import Course, Reading
from tests.replicas import await_true
from tests.strangers import https_server, make_certificate

HOST = "blog.bear.localhost"


def read(folder: Path, path: str) -> Reading:
    """What a reader met who asked several times, of whom the server took leave after each answer."""
    certificate = make_certificate(folder, HOST)
    trust = ssl.create_default_context(cafile=str(folder / "public.pem"))
    with https_server(certificate, {f"{HOST}/": (200, "Words.")}) as port:
        door = Door("127.0.0.1", port, trust)
        with readers.reading(door, [Course(HOST, [path], 0.02)]) as met:
            await_true(lambda: met.failures["IncompleteReadError"] >= 2, seconds=30)
    return met


def test_pages_are_counted_and_a_connection_that_ends_is_opened_again(tmp_path: Path) -> None:
    met = read(tmp_path, "/")
    assert met.pages >= 2
    assert set(met.failures) == {"IncompleteReadError"}


def test_what_is_no_page_is_a_failure(tmp_path: Path) -> None:
    met = read(tmp_path, "/missing/")
    assert met.failures[f"404 for {HOST}/missing/"] >= 2
    assert met.pages == 0
