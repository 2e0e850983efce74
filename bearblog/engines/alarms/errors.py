"""What alarms and pings raise."""


class AlarmError(Exception):
    """The book of alarms cannot be read or written; the message is a sentence for a person."""


class NotSent(Exception):
    """A message or ping that was not taken: a sentence without the address, which is a secret."""
