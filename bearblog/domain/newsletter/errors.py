"""What this package says when it refuses."""

from bearblog.lib.refusal import Refusal


class NewsletterError(Refusal):
    """A refusal about subscribers."""
