"""What an e-mail address looks like."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

# RFC 5321, 4.5.3.1.3: a path of 256 characters, less the two angle brackets.
MAX_LENGTH = 254


def is_email_address(text: str) -> bool:
    """Whether letters can be sent to the text."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= MAX_LENGTH
