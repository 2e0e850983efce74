"""What a drill hands over: its rounds, what was promised and seen, and what it kept of each round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deploy.bench.figures import Figure


@dataclass(frozen=True)
class Outcome:
    """How often the fault was made, the figures that came of it, and sentences for under the table."""

    rounds: int
    figures: Sequence[Figure]
    kept: Mapping[str, object] = field(default_factory=dict)
    notes: Sequence[str] = ()

    @property
    def is_met(self) -> bool:
        """Whether every promise is kept."""
        return all(figure.is_met for figure in self.figures)

    def as_json(self) -> dict[str, object]:
        """The outcome as drills/ keeps it."""
        figures = [figure.as_json() for figure in self.figures]
        return {"rounds": self.rounds, "figures": figures, "notes": list(self.notes), **self.kept}


def table(outcomes: Mapping[str, Outcome]) -> str:
    """The outcomes as a Markdown table."""
    rows = ["| drill | rounds | what | seen | promised | |", "| --- | ---: | --- | ---: | ---: | --- |"]
    rows += [
        f"| `{name}` | {outcome.rounds:,} | {figure.name} | {figure.shown} | {figure.promised} "
        f"| {figure.verdict} |"
        for name, outcome in outcomes.items()
        for figure in outcome.figures
    ]
    return "\n".join(rows)
