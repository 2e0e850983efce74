import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from deploy.droplet import bucket

BUSY = b"<Error><Code>InternalError</Code><Message>We encountered an internal error.</Message></Error>"
BUCKETS = (
    b"<ListAllMyBucketsResult><Buckets><Bucket><Name>there</Name></Bucket></Buckets></ListAllMyBucketsResult>"
)


class Busy(http.server.ThreadingHTTPServer):
    """An S3 server that cannot answer so many requests at first, and has one bucket."""

    daemon_threads = True
    failures = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)


class Answers(http.server.BaseHTTPRequestHandler):
    server: Busy

    def do_GET(self) -> None:
        self.server.failures -= 1
        status, content = (500, BUSY) if self.server.failures >= 0 else (200, BUCKETS)
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Busy]:
    with Busy() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        monkeypatch.setattr(bucket, "ENDPOINT", f"http://127.0.0.1:{server.server_address[1]}")
        monkeypatch.setattr(bucket, "_KEYS_FILE", tmp_path / "keys.json")
        yield server
        server.shutdown()


def test_a_server_that_asks_to_try_again_is_asked_again(busy: Busy) -> None:
    busy.failures = 1
    bucket.make("there")
    assert busy.failures < 0


def test_a_server_that_never_can_is_given_up(busy: Busy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    busy.failures = 100
    with pytest.raises(ClientError, match="InternalError"):
        bucket.make("there")
