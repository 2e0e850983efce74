"""What the doctor found: one thing looked at, how it is, and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How a thing is. A warning is told loudly and fails nothing."""

    OK = "ok"
    WARNING = "warning"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's report."""

    name: str
    grade: Grade
    sentence: str
    mend: str = ""

    def describe(self) -> str:
        """The line as a person reads it."""
        line = f"{self.grade.value.upper():<7}  {self.name}: {self.sentence}"
        return f"{line} -- {self.mend}" if self.mend else line


def ok(name: str, sentence: str) -> Finding:
    """A thing that is as it should be."""
    return Finding(name, Grade.OK, sentence)


def warning(name: str, sentence: str, mend: str) -> Finding:
    """A thing that the operator should know of."""
    return Finding(name, Grade.WARNING, sentence, mend)


def fail(name: str, sentence: str, mend: str) -> Finding:
    """A thing that must be mended."""
    return Finding(name, Grade.FAIL, sentence, mend)
