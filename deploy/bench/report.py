"""What a part of the bench hands over: its figures for the table, and every round for latest.json."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from deploy.bench.figures import Figure
from deploy.bench.load import Load


@dataclass(frozen=True)
class Report:
    """The figures of a part; what stood behind them, by name; and sentences that belong under the table."""

    figures: Sequence[Figure]
    rounds: Mapping[str, object] = field(default_factory=dict)
    notes: Sequence[str] = ()


def loads_as_json(loads: Mapping[str, Sequence[Load]]) -> dict[str, object]:
    """Each round of each thing that was compared."""
    return {
        name: [{**asdict(load), "rate": round(load.rate, 1)} for load in rounds]
        for name, rounds in loads.items()
    }
