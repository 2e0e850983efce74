import asyncio
from collections.abc import Awaitable, Callable

import pytest

from deploy.bench.reader import Reader


def _served(talk: Callable[[Reader], Awaitable[None]], *answers: bytes) -> list[bytes]:
    """What a server was asked, which gives these answers one after the other."""
    asked: list[bytes] = []

    async def serve(stream: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        for answer in answers:
            asked.append(await stream.readuntil(b"\r\n\r\n"))
            sink.write(answer)
        await sink.drain()
        sink.close()

    async def run() -> None:
        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            reader = Reader("blog.bear.localhost", port, *await asyncio.open_connection("127.0.0.1", port))
            await talk(reader)
            await reader.close()

    asyncio.run(run())
    return asked


def test_answers_come_one_after_the_other_over_one_connection() -> None:
    async def talk(reader: Reader) -> None:
        first, second = await reader.get("/one/"), await reader.get("/two/")
        assert (first.status, first.headers["retry-after"], first.body) == (503, "5", b"later")
        assert (second.status, second.body) == (200, b"")

    asked = _served(
        talk,
        b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 5\r\n\r\nlater",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    )
    assert [request.split(b"\r\n")[0] for request in asked] == [b"GET /one/ HTTP/1.1", b"GET /two/ HTTP/1.1"]


def test_an_answer_that_breaks_off_is_an_error() -> None:
    async def talk(reader: Reader) -> None:
        with pytest.raises(EOFError):
            await reader.get("/")

    _served(talk, b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
