"""What this package says when it refuses."""


class VitalsError(Exception):
    """What is known of the box's state cannot be read or kept; the text is a sentence for a person."""
