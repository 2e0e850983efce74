"""A line of the access log that Caddy writes as JSON, as far as anybody asks about it."""

from typing import Annotated

import msgspec

# In seconds since 1970; later than the year 2100 no clock is right.
Moment = Annotated[float, msgspec.Meta(ge=0, lt=4_102_444_800)]


class Headers(msgspec.Struct, frozen=True, gc=False):
    """What the client said about itself."""

    user_agents: tuple[str, ...] = msgspec.field(default=(), name="User-Agent")
    referrers: tuple[str, ...] = msgspec.field(default=(), name="Referer")

    @property
    def user_agent(self) -> str:
        return self.user_agents[0] if self.user_agents else ""

    @property
    def referrer(self) -> str:
        return self.referrers[0] if self.referrers else ""


class Request(msgspec.Struct, frozen=True, gc=False):
    """What was asked, and by whom."""

    client_ip: str
    method: str
    host: str
    uri: str
    headers: Headers = Headers()

    @property
    def path(self) -> str:
        """The path as it was sent, without a query."""
        return self.uri.partition("?")[0]


class Line(msgspec.Struct, frozen=True, gc=False):
    """One request, when its answer was out, and that answer's status."""

    ts: Moment
    status: int
    request: Request

    @property
    def is_answered(self) -> bool:
        """Whether somebody now has what was asked for: it was sent, or was there from before."""
        return self.request.method == "GET" and self.status in (200, 304)


_decoder = msgspec.json.Decoder(Line)


def parse(raw: bytes) -> Line:
    """The line. Raises ValueError for one that cannot be read."""
    return _decoder.decode(raw)
