"""Things to look at that others answer, lane beside lane: who is silent holds up its own lane only."""

import dataclasses
import threading
import time
from collections.abc import Callable, Sequence

from bearblog.engines.replication.errors import ReplicationError, Unreachable
from bearblog.engines.vitals.findings import Finding, fail, warning

Looks = dict[str, Callable[[], Finding]]


class Lanes:
    """Walks every lane in its order, all of them at once, from now on. None may ask the database."""

    def __init__(self, lanes: Sequence[Looks]) -> None:
        self._names = [name for looks in lanes for name in looks]
        self._found: dict[str, Finding] = {}
        # Nobody waits for a thread that hangs.
        self._walkers = [threading.Thread(target=self._walk, args=(looks,), daemon=True) for looks in lanes]
        for walker in self._walkers:
            walker.start()

    def findings(self, *, seconds: float) -> list[Finding]:
        """What was found within that time; what was not has failed."""
        until = time.monotonic() + seconds
        for walker in self._walkers:
            walker.join(max(until - time.monotonic(), 0))
        late = fail("", "There was no answer in time.", "Ask again; see: journalctl -u bearblog-worker.")
        return [self._found.get(name, dataclasses.replace(late, name=name)) for name in self._names]

    def _walk(self, looks: Looks) -> None:
        silent = ""
        for name, look in looks.items():
            if silent:
                self._found[name] = warning(name, f"Not asked: see the line {silent}.", "")
                continue
            try:
                self._found[name] = look()
            except Unreachable as error:
                self._found[name], silent = fail(name, str(error), ""), name
            except ReplicationError as error:
                self._found[name] = fail(name, str(error), "")
            except OSError as error:
                self._found[name] = unreadable(name, error)


def unreadable(name: str, error: OSError) -> Finding:
    """The finding where a file of this box cannot be read."""
    return fail(name, f"A file cannot be read ({error}).", "Run the playbook again.")
