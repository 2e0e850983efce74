"""What this package says when it refuses."""

from bearblog.lib.refusal import Refusal


class TransferError(Refusal):
    """A refusal about bringing a blog out or in."""
