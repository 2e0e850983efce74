"""What this package says when it refuses."""

from bearblog.lib.refusal import Refusal


class MediaError(Refusal):
    """A refusal about media."""
