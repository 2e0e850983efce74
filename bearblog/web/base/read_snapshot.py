"""Shows a reader one moment of the database: the blog, its version and the page are of one piece."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from bearblog.web.base.hosts import host_name

Handler = Callable[[HttpRequest], HttpResponseBase]


def read_snapshot(get_response: Handler) -> Handler:
    """Answers GET and HEAD on blogs' hosts out of one snapshot, in which nothing can be written."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or host_name(request) == settings.MAIN_HOST:
            return get_response(request)
        with snapshot():
            return get_response(request)

    return middleware


@contextmanager
def snapshot() -> Iterator[None]:
    """Reads of the default database in this block see one moment of it; a write raises OperationalError."""
    database: Any = connections["default"]  # the stubs do not know a transaction's mode
    # To connect sets the mode anew.
    database.ensure_connection()
    usual = database.transaction_mode
    # An IMMEDIATE transaction would take the lock that writers wait for.
    database.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic(savepoint=False):
            database.connection.execute("PRAGMA query_only = ON")
            yield
    finally:
        database.connection.execute("PRAGMA query_only = OFF")
        database.transaction_mode = usual
