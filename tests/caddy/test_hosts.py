"""Host headers of the hostile kind reach no file outside the host's own folder, and no other host's page."""

import pytest

from tests.caddy.conftest import MAIN_HOST, Door
from tests.caddy.shelf import PAGE, Shelf

BLOG = f"alice.{MAIN_HOST}"


@pytest.fixture(scope="module")
def shelf(door: Door) -> Shelf:
    """A blog's pages, and files about them that are nobody's page."""
    door.grant(BLOG)
    shelf = Shelf(door.folder / "cache")
    for path in ("/", "/a-post/"):
        shelf.put(BLOG, path)
    for folder in (shelf.pages.root, shelf.pages.own, shelf.pages.hosts, shelf.pages.last):
        for name in ("index.html", "robots.txt"):
            (folder / name).write_bytes(PAGE)
    return shelf


def answer(door: Door, host: str, path: str) -> bytes:
    return door.send(BLOG, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())


PATHS = ("/", "/a-post/", "/robots.txt", f"/{BLOG}/a-post/", f"/hosts/{BLOG}/", f"/sites/alice/1/{BLOG}/")
NONSENSE = [
    "",
    ".",
    "..",
    "..:80",
    "[..]:80",
    "[.]:80",
    ":80",
    "...",
    "/",
    "../hosts",
    f"../sites/alice/1/{BLOG}",
    f"{BLOG}/",
    f"{BLOG}/../{BLOG}",
    f"..%2fhosts%2f{BLOG}",
    "%2e%2e",
    f"{BLOG}%00",
    f"{BLOG}.",
    f".{BLOG}",
    f"a..{BLOG}",
    f"*.{MAIN_HOST}",
    f"{BLOG}@evil.example",
    f"evil.example@{BLOG}",
    f"{BLOG}\\..",
    "a" * 300,
    "[::1]",
    "[::1]:443",
    "localhost",
    "-",
    "~",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", NONSENSE)
def test_what_is_no_host_name_reaches_nothing(door: Door, shelf: Shelf, host: str, path: str) -> None:
    with door.application() as application:
        refusal = answer(door, host, path)
    assert refusal.startswith(b"HTTP/1.1 400 ")
    assert PAGE not in refusal
    assert application.received == []


@pytest.mark.parametrize("is_answering", [True, False])
@pytest.mark.parametrize(
    "host", [f"{'a' * 300}.{MAIN_HOST}", f"{'a.' * 150}{MAIN_HOST}", "127.0.0.1", "hosts.example"]
)
def test_a_stranger_is_the_applications(door: Door, shelf: Shelf, host: str, is_answering: bool) -> None:
    for path in PATHS:
        with door.application(status=200 if is_answering else 500):
            said = answer(door, host, path)
        assert PAGE not in said


@pytest.mark.parametrize("host", [BLOG.upper(), f"Alice.{MAIN_HOST}:443"])
def test_the_application_decides_about_a_name_in_capitals(door: Door, shelf: Shelf, host: str) -> None:
    with door.application() as application:
        assert PAGE not in answer(door, host, "/a-post/")
    assert len(application.received) == 1


@pytest.mark.parametrize("host", [BLOG, f"{BLOG}:1", f"{BLOG}:443"])
def test_a_port_is_no_part_of_the_name(door: Door, shelf: Shelf, host: str) -> None:
    assert answer(door, host, "/a-post/").endswith(PAGE)


@pytest.mark.parametrize(
    "path",
    [
        "/../robots.txt",
        "/%2e%2e/robots.txt",
        "/..%2frobots.txt",
        f"/../{BLOG}/../../index.html",
        f"/..%2f..%2fsites/alice/1/{BLOG}/",
        "/a-post/../../../robots.txt",
        "/a-post/..\\..\\robots.txt",
    ],
)
def test_a_path_does_not_lead_out_of_the_folder(door: Door, shelf: Shelf, path: str) -> None:
    with door.application() as application:
        assert PAGE not in answer(door, BLOG, path)
    assert len(application.received) == 1


def test_a_last_copy_is_not_reached_by_another_name_either(door: Door, shelf: Shelf) -> None:
    for host in NONSENSE:
        assert PAGE not in answer(door, host, "/a-post/")


def test_a_request_without_a_host_reaches_nothing(door: Door, shelf: Shelf) -> None:
    assert b" 400 " in door.send(BLOG, f"GET /{BLOG}/a-post/ HTTP/1.0\r\n\r\n".encode())
