"""Which errors prove that a letter was not taken."""

import smtplib
import socket

import pytest
import requests
from anymail.exceptions import AnymailRequestsAPIError  # type: ignore[import-untyped]
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import MaxRetryError

from bearblog.engines.outbox.outcome import is_refusal


def answered(status: int) -> Exception:
    response = requests.Response()
    response.status_code = status
    error: Exception = AnymailRequestsAPIError(response=response)
    return error


def caused_by(cause: Exception) -> Exception:
    error: Exception = AnymailRequestsAPIError("sending failed")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPDataError(550, b"no"),
        smtplib.SMTPAuthenticationError(535, b"who are you"),
        ConnectionRefusedError(),
        socket.gaierror(),
        answered(401),
        caused_by(requests.ConnectionError(MaxRetryError(HTTPSConnectionPool("example.org"), "/"))),
    ],
)
def test_a_refusal_is_known_as_one(error: Exception) -> None:
    assert is_refusal(error)


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError(),
        smtplib.SMTPServerDisconnected(),
        answered(200),
        answered(502),
        caused_by(requests.ReadTimeout("no answer")),
    ],
)
def test_where_nobody_knows_it_is_not_called_a_refusal(error: Exception) -> None:
    assert not is_refusal(error)
