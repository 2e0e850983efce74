"""What stops a release."""


class ReleaseError(Exception):
    """Carries a sentence for the operator: what went wrong, and how to mend it."""
