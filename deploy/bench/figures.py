"""What was measured beside what was promised, as a table and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure in its unit; what was promised is the least or the most it may be, or nothing."""

    name: str
    measured: float
    unit: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether the promise is kept; a figure that promises nothing keeps it."""
        enough = self.least is None or self.measured >= self.least
        return enough and (self.most is None or self.measured <= self.most)

    @property
    def promised(self) -> str:
        """The promise in words; empty where there is none."""
        if self.least is not None:
            return f"at least {_with_unit(f'{self.least:,g}', self.unit)}"
        return f"at most {_with_unit(f'{self.most:,g}', self.unit)}" if self.most is not None else ""

    @property
    def shown(self) -> str:
        """What was measured, in words."""
        return _with_unit(_rounded(self.measured), self.unit)

    @property
    def verdict(self) -> str:
        """met or MISSED; empty where nothing was promised."""
        if not self.promised:
            return ""
        return "met" if self.is_met else "MISSED"

    def as_json(self) -> dict[str, object]:
        """The figure as it stands in latest.json."""
        return {**asdict(self), "verdict": self.verdict}


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    rows = ["| figure | measured | promised | |", "| --- | ---: | ---: | --- |"]
    rows += [
        f"| {figure.name} | {figure.shown} | {figure.promised} | {figure.verdict} |" for figure in figures
    ]
    return "\n".join(rows)


def _rounded(number: float) -> str:
    if number == int(number) or abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}"


def _with_unit(number: str, unit: str) -> str:
    return f"{number} {unit}" if unit else number
