"""Which backup sets have had their time."""

import re
from collections.abc import Iterable

from bearblog.engines.snapshots import manifest

_STAMP = re.compile(r"\d{8}T\d{6}Z")


def surplus(listing: Iterable[str], *, keep: int, newest: str) -> list[str]:
    """The stamps of the sets to delete, oldest first, given the paths `<stamp>/<file>` of a folder of sets.

    The latest `keep` complete sets stay and so does `newest`, whatever its date. A set without its manifest
    was cut short: it counts for nothing, and goes once a newer set is complete. Other names are not touched.
    """
    files: dict[str, set[str]] = {}
    for path in listing:
        stamp, _, name = path.partition("/")
        if _STAMP.fullmatch(stamp):
            files.setdefault(stamp, set()).add(name)
    complete = sorted(stamp for stamp, names in files.items() if manifest.NAME in names)
    if not complete:
        return []
    kept = {*complete[-max(keep, 1) :], newest}
    cut_short = {stamp for stamp in files if stamp not in complete and stamp < complete[-1]}
    return sorted(({*complete} | cut_short) - kept)
