"""The one error of this package, and the two kinds of it that callers answer differently."""


class ReplicationError(Exception):
    """What went wrong with the replica or the bucket, as a sentence for a person."""


class Unreachable(ReplicationError):
    """The bucket, or the program that replicates, gave no answer."""


class TimedOut(ReplicationError):
    """The answer did not come within the time that the caller allowed."""
