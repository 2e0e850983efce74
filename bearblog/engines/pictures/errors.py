"""What this engine says when it refuses."""

from bearblog.lib.refusal import Refusal


class PictureError(Refusal):
    """A refusal about a file's content."""
