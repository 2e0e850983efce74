"""One measured figure beside what was promised, and the table that shows them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, in one unit, and the most it may be."""

    name: str
    measured: float
    most: float
    unit: str

    @property
    def is_met(self) -> bool:
        return self.measured <= self.most


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    rows = ["| figure | measured | promised | |", "| --- | ---: | ---: | --- |"]
    for figure in figures:
        verdict = "met" if figure.is_met else "MISSED"
        measured = f"{figure.measured:.3g}" if figure.measured < 100 else f"{figure.measured:.0f}"
        rows.append(
            f"| {figure.name} | {measured} {figure.unit} | {figure.most:g} {figure.unit} | {verdict} |"
        )
    return "\n".join(rows)
