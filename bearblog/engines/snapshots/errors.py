"""What this package says when it refuses."""


class SnapshotError(Exception):
    """A snapshot cannot be made or trusted; the text is a sentence for a person."""
