"""What the outbox refuses."""


class OutboxError(Exception):
    """A letter that cannot be taken or sent again; the message is a sentence for a person."""
