"""The replicas in the bucket, this box's own and those of the boxes before it, and which may be deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bearblog.engines.replication import current, installation, letting_go, prefixes
from bearblog.engines.replication.current import Current
from bearblog.engines.replication.errors import Refused, ReplicationError, Unreachable
from bearblog.engines.replication.fetching import Report
from bearblog.engines.replication.prefixes import Prefix, Standing
from bearblog.ops import box


@dataclass(frozen=True)
class Survey:
    """What the bucket holds, what `current` says of it, and what is wrong with `current`, if anything."""

    current: Current | None
    prefixes: list[Prefix]
    complaint: str = ""


def gather(report: Report) -> Survey:
    """Everything under replica/, the living one first. Raises ReplicationError when the bucket is not read.

    Where `current` is damaged all are unknown: whoever repairs it needs to see them.
    """
    bucket = box.bucket()
    found, complaint = None, ""
    try:
        found = current.read(bucket)
    except (Refused, Unreachable):
        raise
    except ReplicationError as error:
        complaint = str(error)
    return Survey(found, prefixes.survey(bucket, found, report=report), complaint)


def named(*, reason: str) -> Current:
    """What `current` says, where it names this box. Raises ReplicationError, with the reason, elsewhere."""
    found = current.read(box.bucket())
    own = installation.read(box.installation_file())
    if found is None:
        raise ReplicationError("The bucket has no object `current`, so no box is the one that writes.")
    if own is None or own.prefix != found.living.prefix:
        raise ReplicationError(
            f"This box is not the one that writes; that is {found.living.prefix}, at {found.site}. {reason}"
        )
    return found


def deletable(survey: Survey, typed: str, now: datetime, *, unknown_too: bool) -> list[Prefix]:
    """The prefix that is meant, or with nothing typed each that may go. Raises ReplicationError."""
    letting_go.check_living(survey.prefixes)
    if not typed:
        return [one for one in survey.prefixes if not letting_go.why_not(one, now, unknown_too=unknown_too)]
    name = prefixes.find_name(box.bucket(), typed)
    meant = next((one for one in survey.prefixes if one.name == name), Prefix(name, Standing.UNKNOWN))
    if refusal := letting_go.why_not(meant, now, unknown_too=unknown_too):
        raise ReplicationError(refusal)
    return [meant]


def kept_because(found: Sequence[Prefix], now: datetime) -> list[str]:
    """Why each prefix but the living one is kept, a sentence each."""
    sentences = (letting_go.why_not(one, now) for one in found if one.standing is not Standing.LIVING)
    return [sentence for sentence in sentences if sentence]
