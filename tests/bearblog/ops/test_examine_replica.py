"""Whether the replica keeps up, as the doctor says it while authors write. The rest of it: test_doctor.py."""

import json
import socketserver
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from django.conf import settings

from bearblog.engines.vitals.findings import Grade
from bearblog.ops import examine_replica


@contextmanager
def answering(monkeypatch: pytest.MonkeyPatch, *answers: tuple[int, int]) -> Iterator[None]:
    """A forwarder that says these transactions, one after the other, and the last ones for ever."""
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            txid, replicated = left.pop(0) if len(left) > 1 else left[0]
            body = json.dumps({"txid": txid, "replicated_txid": replicated}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def address_string(self) -> str:
            return "a Unix socket"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sync.sock"
        with socketserver.ThreadingUnixStreamServer(str(file), Handler) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            monkeypatch.setattr(settings, "SYNC_SOCKET", file)
            try:
                yield
            finally:
                server.shutdown()
                thread.join()


def test_what_is_written_while_it_is_asked_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(monkeypatch, (181, 180), (182, 182)):
        finding = examine_replica.replication()
    assert (finding.grade, finding.sentence) == (Grade.OK, "The replica has all 182 transactions.")


def test_a_replica_that_stays_behind_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examine_replica, "_SYNC_SECONDS", 0.2)
    with answering(monkeypatch, (181, 180)):
        finding = examine_replica.replication()
    assert finding.grade is Grade.FAIL
    assert "it lags behind the database" in finding.sentence
