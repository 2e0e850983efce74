"""A line of the access log that Caddy writes as JSON, as far as anybody asks about it."""

from typing import Annotated

import msgspec

# In seconds since 1970; later than the year 2100 no clock is right.
Moment = Annotated[float, msgspec.Meta(ge=0, lt=4_102_444_800)]


class Request(msgspec.Struct, frozen=True, gc=False):
    """What was asked, and by whom."""

    client_ip: str
    method: str
    host: str
    uri: str

    @property
    def path(self) -> str:
        """The path as it was sent, without a query."""
        return self.uri.partition("?")[0]


class Line(msgspec.Struct, frozen=True, gc=False):
    """One request, when its answer was out, and that answer's status."""

    ts: Moment
    status: int
    request: Request
    # What the client says about itself, and where it comes from; Caddy puts them beside the request.
    user_agent: str = ""
    referrer: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether somebody now has what was asked for: it was sent, or was there from before."""
        return self.request.method == "GET" and self.status in (200, 304)


_decoder = msgspec.json.Decoder(Line)


def parse(raw: bytes) -> Line:
    """The line. Raises ValueError for one that cannot be read."""
    return _decoder.decode(raw)
