"""What this package says when it refuses."""

from bearblog.lib.refusal import Refusal


class PostError(Refusal):
    """A refusal about posts."""
