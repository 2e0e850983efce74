"""Strangers on loopback: a name server with the records of a test, and hosts that answer over HTTPS."""

import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import BaseServer

from dnslib import AAAA, CNAME, QTYPE, RCODE, RR, TXT, A, DNSRecord
from dnslib.server import BaseResolver, DNSHandler, DNSLogger, DNSServer

Records = dict[tuple[str, str], list[str]]
_MAKERS = {"A": A, "AAAA": AAAA, "CNAME": CNAME, "TXT": TXT}


class _Zone(BaseResolver):  # type: ignore[misc]  # dnslib ships no types
    def __init__(self, records: Records) -> None:
        self.records = records

    def resolve(self, request: DNSRecord, handler: DNSHandler) -> DNSRecord:
        reply = request.reply()
        name, kind = str(request.q.qname).rstrip(".").lower(), QTYPE[request.q.qtype]
        if name.startswith("broken."):
            reply.header.rcode = RCODE.SERVFAIL
            return reply
        for alias in self.records.get((name, "CNAME"), []):
            reply.add_answer(RR(name, QTYPE.CNAME, rdata=CNAME(alias)))
            name = alias
        for value in self.records.get((name, kind), []):
            reply.add_answer(RR(name, getattr(QTYPE, kind), rdata=_MAKERS[kind](value)))
        if not any(known == name for known, _ in self.records):
            reply.header.rcode = RCODE.NXDOMAIN
        return reply


@contextmanager
def name_server(records: Records) -> Iterator[tuple[str, int]]:
    """The address and port of a name server that knows these records, also those added while it runs."""
    server = DNSServer(_Zone(records), address="127.0.0.1", port=0, logger=DNSLogger(log="-")).server
    with _serving(server):
        yield "127.0.0.1", server.server_address[1]


def make_certificate(folder: Path, *hosts: str) -> Path:
    """A file with a key and a certificate for these hosts, signed by itself."""
    file = folder / "certificate.pem"
    names = ",".join(f"DNS:{host}" for host in hosts)
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=A stranger", "-addext", f"subjectAltName={names}"]
    command += ["-keyout", str(file), "-out", str(folder / "public.pem")]
    subprocess.run(command, check=True, capture_output=True)
    with file.open("a") as whole:
        whole.write((folder / "public.pem").read_text())
    return file


@contextmanager
def https_server(certificate: Path, answers: Mapping[str, tuple[int, str]]) -> Iterator[int]:
    """The port of a server on loopback that gives each `host/path` its status and text."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.headers["Host"].partition(":")[0]
            status, text = answers.get(host + self.path, (404, ""))
            self.send_response(status)
            if status in (301, 302):
                self.send_header("Location", text)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with _serving(server):
        yield server.server_address[1]


@contextmanager
def _serving(server: BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
