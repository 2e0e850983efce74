"""The one error of this package, and the kinds of it that callers answer differently."""


class ReplicationError(Exception):
    """What went wrong with the replica or the bucket, as a sentence for a person."""


class Unreachable(ReplicationError):
    """The bucket, or the program that replicates, gave no answer."""


class Refused(ReplicationError):
    """The bucket answered, and does not take this box's key."""


class Damaged(ReplicationError):
    """The replica, or what names it, is not what its box wrote; nothing whole comes of it."""


class TimedOut(ReplicationError):
    """The answer did not come within the time that the caller allowed."""
