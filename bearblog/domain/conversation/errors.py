"""What this package says when it refuses."""

from bearblog.lib.refusal import Refusal


class ConversationError(Refusal):
    """A refusal about what readers answer."""
