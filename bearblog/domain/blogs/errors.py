"""What this package says when it refuses."""

from bearblog.lib.refusal import Refusal


class BlogError(Refusal):
    """A refusal about blogs."""
