"""What is asked of the program that converts pictures, and what it answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Order:
    """What is to be done: which file, of which kind, into which folder, and whether its format stays."""

    source: str
    folder: str
    extension: str
    keeps_format: bool


@dataclass(frozen=True)
class Made:
    """A file that was made, by its name in the folder it was made in; a width of 0 where it has no size."""

    name: str
    extension: str
    width: int = 0
    height: int = 0
