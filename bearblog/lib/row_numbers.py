"""The numbers of rows as forms and addresses name them."""

from collections.abc import Iterable

# One digit less than what the database can count to.
_MOST_DIGITS = 18


def read(typed: str) -> int | None:
    """The number, or None for what can be no row's."""
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS
    return int(typed) if is_number else None


def read_all(typed: Iterable[str]) -> list[int]:
    """Those of the numbers that can be rows'."""
    return [number for one in typed if (number := read(one)) is not None]
