"""What this package says when it refuses."""

from bearblog.lib.refusal import Refusal


class ModerationError(Refusal):
    """A refusal about moderation."""
