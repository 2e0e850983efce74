"""Where the time of a save that waits for the bucket goes: each part of the way asked for alone."""

import functools
import http.client
import statistics
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from bearblog.engines.replication import control, current, forwarder, standing
from deploy.bench.author import Author
from deploy.bench.figures import Figure
from deploy.bench.rounds import in_turns
from deploy.stage.replica import BUCKET, ReplicatedSite

_ROUNDS = 200
_SECONDS = 5.0
# What Litestream ships of one save of the bench.
_LTX = b"\0" * 6_000


def parts(bed: ReplicatedSite, plain: Author) -> Iterator[Figure]:
    """Medians in milliseconds, by turns; where a commit is to be shipped, the author has just saved."""
    run, database = bed.site.folder / "run", bed.site.folder / "data/bearblog.sqlite3"
    store, read = _stores(bed), _reads(bed)
    ways: dict[str, Callable[[], float]] = {
        "Litestream alone: a commit shipped": _after_a_save(
            plain, functools.partial(_ask_litestream, str(run / "litestream.sock"), str(database))
        ),
        "the forwarder: the same": _after_a_save(
            plain, functools.partial(control.sync, run / "sync.sock", timeout=_SECONDS)
        ),
        "the worker: whether this box is still the one named": functools.partial(
            milliseconds, functools.partial(standing.ask, run / "standing.sock", timeout=_SECONDS)
        ),
        "the S3 server alone: 6 KB stored": functools.partial(milliseconds, store),
        "the S3 server alone: `current` read": functools.partial(milliseconds, read),
    }
    for name, taken in in_turns(ways, rounds=_ROUNDS).items():
        yield Figure(name, statistics.median(taken), "ms")


def _after_a_save(author: Author, ask: Callable[[], object]) -> Callable[[], float]:
    def timed() -> float:
        author.publish()
        return milliseconds(ask)

    return timed


def _ask_litestream(socket: str, database: str) -> None:
    answer = forwarder.ask_litestream(socket, database)
    if answer.status != 200:
        raise RuntimeError(f"Litestream: {answer.content.decode()}")


def milliseconds(ask: Callable[[], object]) -> float:
    """How long it took."""
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _stores(bed: ReplicatedSite) -> Callable[[], None]:
    # Signed beforehand: only the server is to be timed.
    links = iter([_link(bed, "put_object", f"bench/{number}") for number in range(_ROUNDS)])
    connection = http.client.HTTPConnection("127.0.0.1", bed.seaweed.port, timeout=_SECONDS)
    return lambda: _ask(connection, "PUT", next(links), _LTX)


def _reads(bed: ReplicatedSite) -> Callable[[], None]:
    link = _link(bed, "get_object", current.OBJECT)
    connection = http.client.HTTPConnection("127.0.0.1", bed.seaweed.port, timeout=_SECONDS)
    return lambda: _ask(connection, "GET", link)


def _link(bed: ReplicatedSite, method: str, key: str) -> str:
    signed = urlsplit(
        bed.seaweed.client().generate_presigned_url(method, Params={"Bucket": BUCKET, "Key": key})
    )
    return f"{signed.path}?{signed.query}"


def _ask(connection: http.client.HTTPConnection, method: str, link: str, body: bytes = b"") -> None:
    connection.request(method, link, body)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"The S3 server answered {answer.status} to {method} {link.partition('?')[0]}.")
