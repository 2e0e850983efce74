"""Rows of words below each other, for a terminal."""

from collections.abc import Sequence


def aligned(rows: Sequence[Sequence[str]], *, to_the_right: int = 0) -> list[str]:
    """A line for each row, its cells in columns; so many of the last ones end below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    first_right = len(widths) - to_the_right
    return [
        "  ".join(
            cell.ljust(width) if at < first_right else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
