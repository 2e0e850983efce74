"""A soak minute by minute: what each one showed, in words, as a table, and beside what was promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deploy.bench.figures import Figure

_STEADY_MINUTE = 5
_GROWTH = 1.3
_WAL_MB = 100


@dataclass(frozen=True)
class Minute:
    """One minute: what was killed in it, and what stood at its end. Counts are from the beginning on.

    Memory is PSS in MB by service, the WAL in bytes; `lag` is the seconds of the newest canary measured.
    """

    number: int
    killed: str
    safe: int
    pending: int
    unanswered: int
    reads: int
    failed_reads: int
    memory: Mapping[str, float]
    wal: int
    lag: float | None

    @property
    def total_memory(self) -> float:
        """MB of all services."""
        return sum(self.memory.values())


def words(minute: Minute) -> str:
    """The minute in a line."""
    parts = ", ".join(f"{name} {size:.0f}" for name, size in minute.memory.items())
    lag = "not measured yet" if minute.lag is None else f"{minute.lag:.1f} s"
    return (
        f"{minute.killed} killed; {minute.safe:,} posts safe, {minute.pending} pending, "
        f"{minute.unanswered} unanswered; {minute.reads:,} pages read, {minute.failed_reads} failed; "
        f"{minute.total_memory:.0f} MB ({parts}); WAL {_megabytes(minute.wal):.1f} MB; newest canary {lag}"
    )


def table(minutes: Sequence[Minute]) -> str:
    """The curve as a Markdown table, a line a minute."""
    services = list(minutes[0].memory)
    titles = [
        "minute",
        "killed",
        "safe",
        "pending",
        "pages read",
        "failed",
        "MB",
        *services,
        "WAL MB",
        "lag s",
    ]
    rows = [f"| {' | '.join(titles)} |", f"| ---: | --- |{' ---: |' * (len(titles) - 2)}"]
    for minute in minutes:
        memory = [minute.total_memory, *minute.memory.values()]
        cells = [
            *(str(minute.number), minute.killed, f"{minute.safe:,}", str(minute.pending)),
            *(f"{minute.reads:,}", str(minute.failed_reads)),
            *(f"{size:.0f}" for size in memory),
            *(f"{_megabytes(minute.wal):.1f}", "" if minute.lag is None else f"{minute.lag:.1f}"),
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def figures(minutes: Sequence[Minute]) -> list[Figure]:
    """What must stay flat: memory, beside that of the fifth minute or of the last before it; the WAL."""
    steady, last = minutes[min(_STEADY_MINUTE, len(minutes)) - 1], minutes[-1]
    most = max(minute.total_memory for minute in minutes)
    wal = max(minute.wal for minute in minutes)
    return [
        Figure(f"memory at the end of minute {steady.number}", steady.total_memory, "MB"),
        Figure(
            f"memory at the end, times that of minute {steady.number}",
            last.total_memory / steady.total_memory,
            most=_GROWTH,
        ),
        Figure("memory, the most at the end of a minute", most, "MB"),
        Figure("WAL at the end", _megabytes(last.wal), "MB", most=_WAL_MB),
        Figure("WAL, the most at the end of a minute", _megabytes(wal), "MB"),
    ]


def _megabytes(size: int) -> float:
    return size / 2**20
