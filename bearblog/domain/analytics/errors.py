"""What this package says when it refuses."""

from bearblog.lib.refusal import Refusal


class AnalyticsError(Refusal):
    """A refusal about the counting of readers."""
