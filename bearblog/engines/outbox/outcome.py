"""Tells whether a provider's error means "not sent" or "nobody knows", so that no letter goes out twice."""

import smtplib
import socket

from anymail.exceptions import AnymailAPIError, AnymailError  # type: ignore[import-untyped]
from urllib3.exceptions import MaxRetryError

PROVIDER_ERRORS = (OSError, AnymailError)

_REFUSALS = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    ConnectionRefusedError,
    socket.gaierror,
)


def is_refusal(error: Exception) -> bool:
    """Whether the error proves that the provider did not take the letter."""
    if isinstance(error, _REFUSALS):
        return True
    if isinstance(error, AnymailAPIError):
        # A 5xx may come from a gateway in front of a provider that did take it.
        return 400 <= (error.status_code or 0) < 500 or _never_connected(error.__cause__)
    return isinstance(error, AnymailError)


def _never_connected(cause: BaseException | None) -> bool:
    # requests wraps a failed connect in MaxRetryError, a lost answer in other errors.
    return cause is not None and bool(cause.args) and isinstance(cause.args[0], MaxRetryError)
