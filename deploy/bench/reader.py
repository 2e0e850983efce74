"""A reader with one kept connection, whose answers are looked at: what wrk does not do."""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

PATIENCE_SECONDS = 10.0
_TICK_SECONDS = 0.05


@dataclass(frozen=True)
class Answer:
    """An answer, and how many seconds after the request's first byte its last one came."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


@dataclass(frozen=True)
class Door:
    """Where a box answers over HTTPS, and which authority its certificates are of."""

    address: str
    port: int
    trust: ssl.SSLContext


class Reader:
    """Asks a host for pages, one after the other, over one connection."""

    def __init__(
        self, host: str, port: int, stream: asyncio.StreamReader, sink: asyncio.StreamWriter
    ) -> None:
        self._host = f"{host}:{port}"
        self._stream, self._sink = stream, sink
        self._began = 0.0

    async def get(self, path: str) -> Answer:
        """The answer to a request without cookies. Raises OSError, EOFError or TimeoutError."""
        self.ask(path)
        return await self.answer()

    def ask(self, path: str) -> None:
        """Sends a request and does not wait; `answer` has what comes of it."""
        self._began = time.monotonic()
        self._sink.write(f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\nUser-Agent: bench\r\n\r\n".encode())

    async def answer(self) -> Answer:
        """The answer to the last `ask`. Raises OSError, EOFError or TimeoutError."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            head = (await self._stream.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            pairs = (line.partition(":") for line in head[1:] if line)
            headers = {name.lower(): value.strip() for name, _, value in pairs}
            body = await self._stream.readexactly(int(headers["content-length"]))
        return Answer(int(head[0].split()[1]), headers, body, time.monotonic() - self._began)

    async def close(self) -> None:
        """Ends the connection."""
        self._sink.close()
        # However the box ends it, it is ended.
        await asyncio.gather(self._sink.wait_closed(), return_exceptions=True)


async def connect(door: Door, host: str) -> Reader:
    """A reader of this host. Raises OSError."""
    try:
        return await _connect(door, host)
    except ssl.SSLCertVerificationError:
        # OpenSSL's clock ticks in steps: to it, a certificate of this moment may be one of the next.
        await asyncio.sleep(_TICK_SECONDS)
        return await _connect(door, host)


async def _connect(door: Door, host: str) -> Reader:
    async with asyncio.timeout(PATIENCE_SECONDS):
        stream, sink = await asyncio.open_connection(
            door.address, door.port, ssl=door.trust, server_hostname=host
        )
    return Reader(host, door.port, stream, sink)


@asynccontextmanager
async def reading(door: Door, host: str) -> AsyncIterator[Reader]:
    """A reader of this host, until the block ends. Raises OSError."""
    reader = await connect(door, host)
    try:
        yield reader
    finally:
        await reader.close()


async def get(door: Door, host: str, path: str) -> Answer:
    """The answer to one request on a connection of its own. Raises OSError, EOFError or TimeoutError."""
    async with reading(door, host) as reader:
        return await reader.get(path)


async def until(
    reader: Reader, path: str, is_there: Callable[[Answer], bool], *, pause: float = 0.002
) -> float:
    """The moment (monotonic) at which the page was what is awaited. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not is_there(await reader.get(path)):
            await asyncio.sleep(pause)
    return time.monotonic()
