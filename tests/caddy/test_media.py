"""Authors' files, as Caddy hands them out: on blogs' hosts, by their hash, and unable to do anything."""

import httpx
import pytest

from bearblog.engines.pictures.kinds import KINDS
from tests.caddy.conftest import MAIN_HOST, Door
from tests.rendering import PROJECT

BLOG = f"alice.{MAIN_HOST}"
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


def put(door: Door, sha256: str, extension: str, content: bytes = b"bytes") -> str:
    door.grant(BLOG)
    folder = door.folder / "media" / sha256[:2]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{sha256}.{extension}").write_bytes(content)
    return f"/media/{sha256}.{extension}"


def get(door: Door, path: str, host: str = BLOG) -> httpx.Response:
    return door.visit(host, path)


def test_a_picture_is_shown_kept_for_ever_and_can_do_nothing(door: Door) -> None:
    answer = get(door, put(door, "ab" * 32, "webp"))
    assert (answer.status_code, answer.content) == (200, b"bytes")
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("extension", ["pdf", "txt", "docx", "zzz"])
def test_what_browsers_should_not_show_is_downloaded(door: Door, extension: str) -> None:
    answer = get(door, put(door, "cd" * 32, extension, b"<script>alert(1)</script>"))
    assert answer.headers["Content-Disposition"] == "attachment"
    assert "html" not in answer.headers["Content-Type"]


def test_part_of_a_film_can_be_asked_for(door: Door) -> None:
    answer = door.visit(BLOG, put(door, "ef" * 32, "mp4"), headers={"Range": "bytes=1-2"})
    assert (answer.status_code, answer.content) == (206, b"yt")


def test_a_missing_file_is_not_kept(door: Door) -> None:
    with door.application() as application:
        answer = get(door, put(door, "ab" * 32, "webp").replace("ab", "ba"))
    assert answer.status_code == 404
    assert "Cache-Control" not in answer.headers
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert application.received == []


def test_the_main_host_hands_out_no_file(door: Door) -> None:
    with door.application() as application:
        get(door, put(door, "ab" * 32, "webp"), host=MAIN_HOST)
    assert len(application.received) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/media/",
        "/media/ab/",
        f"/media/ab/{'ab' * 32}.webp",
        f"/media/{'AB' * 32}.webp",
        f"/media/{'ab' * 32}",
        f"/media/{'ab' * 32}.webp/",
        "/media/../hosts/",
        "/media/%2e%2e/hosts",
    ],
)
def test_other_names_lead_to_no_file(door: Door, path: str) -> None:
    put(door, "ab" * 32, "webp")
    with door.application() as application:
        get(door, path)
    assert len(application.received) == 1


def test_each_kind_is_served_as_what_it_is() -> None:
    text = (PROJECT / "caddy/files.j2").read_text()
    for kind in KINDS.values():
        if kind.extension in ("bmp", "tiff"):
            continue
        written = f'"{kind.content_type}"' if " " in kind.content_type else kind.content_type
        assert f"\t{kind.extension} {written} {'inline' if kind.is_shown else 'attachment'}\n" in text
