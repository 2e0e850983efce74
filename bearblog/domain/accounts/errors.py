"""What this package says when it refuses."""

from bearblog.lib.refusal import Refusal


class AccountError(Refusal):
    """A refusal about people and invitations."""
