"""How long the parts of a piece of work take, one after the other."""

import time


class Laps:
    """The seconds of each part by its name; the first part begins at once."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.monotonic()

    def end(self, name: str) -> None:
        """Ends the part that is under way; the next begins."""
        now = time.monotonic()
        self.seconds[name] = now - self._since
        self._since = now
