import http.server
import shutil
import threading
from collections import Counter
from collections.abc import Iterator

import pytest

from deploy.bench.load import Generator, Page, read

_PRINTED = """Running 2s test @ https://blog.bear.localhost:8443/
  1 threads and 32 connections
Requests/sec:  19419.05
{"requests": 40000, "microseconds": 2000000, "bytes": 99, "p50": 1449, "p99": 6077, "longest": 18620, "refused": 2, "broken": 1}
"""  # noqa: E501 - a line as wrk.lua writes it


def test_the_last_line_of_wrk_is_read() -> None:
    load = read(_PRINTED, cpu_seconds=0.8)
    assert (load.requests, load.seconds, load.bytes) == (40_000, 2.0, 99)
    assert (load.p50, load.p99, load.longest) == (1.449, 6.077, 18.62)
    assert (load.refused, load.broken) == (2, 1)


def test_what_was_refused_is_no_page() -> None:
    assert read(_PRINTED).rate == 19_999


def test_the_generators_ceiling_follows_from_what_it_took_of_its_core() -> None:
    load = read(_PRINTED, cpu_seconds=0.8)
    assert load.generator == 0.4
    assert load.ceiling == load.rate / 0.4


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: Counter[tuple[str, str, str]]

    def do_GET(self) -> None:
        self.asked[self.headers["Host"], self.path, self.headers["Accept-Encoding"]] += 1
        self.send_response(404 if self.path == "/nothing/" else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[http.server.ThreadingHTTPServer]:
    handler = type("Handler", (_Handler,), {"asked": Counter()})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


needs_wrk = pytest.mark.skipif(not shutil.which("wrk"), reason="wrk comes with deploy/bootstrap.sh bench")


@needs_wrk
def test_every_page_of_a_list_is_asked_for_at_its_host(server: http.server.ThreadingHTTPServer) -> None:
    port = server.server_port
    pages = [Page("one.bear.localhost", "/"), Page("two.bear.localhost", "/post-1/")]
    load = Generator("127.0.0.1", port, "http").fire(pages, seconds=1, connections=2)
    asked = server.RequestHandlerClass.asked  # type: ignore[attr-defined]
    assert set(asked) == {
        (f"one.bear.localhost:{port}", "/", "br, gzip"),
        (f"two.bear.localhost:{port}", "/post-1/", "br, gzip"),
    }
    assert load.requests > 0
    assert not load.refused
    assert not load.broken


@needs_wrk
def test_an_answer_that_is_no_page_is_counted(server: http.server.ThreadingHTTPServer) -> None:
    generator = Generator("127.0.0.1", server.server_port, "http")
    load = generator.fire(Page("one.bear.localhost", "/nothing/"), seconds=1, connections=2)
    assert load.refused == load.requests > 0
    assert load.rate == 0
