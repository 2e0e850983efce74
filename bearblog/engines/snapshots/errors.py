"""What this package says when it refuses."""


class SnapshotError(Exception):
    """A snapshot cannot be made or trusted; the text is a sentence for a person."""


class Damaged(SnapshotError):
    """The database itself is not whole, whatever may be tried with it."""
