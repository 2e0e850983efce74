"""How gunicorn runs the application. Listener (LISTEN_FDS) and settings come from systemd."""

import contextlib
import gc
import os
import sys

from django.db import connections
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from bearblog import env
from bearblog.engines.replication import write_ahead_log
from bearblog.engines.replication.errors import ReplicationError
from bearblog.lib import journal, request_id
from bearblog.ops import box

worker_class = "gthread"
# Measured on one core and on two: deploy/README.md.
workers = min(2, len(os.sched_getaffinity(0)))
threads = 4
# An application that cannot start then fails the start, not each request.
preload_app = True
timeout = 60
# bearblog.service waits longer than this before it kills.
graceful_timeout = 30
# No request is taken that a thread is not free for: another process may have one, and answers it at once.
worker_connections = threads
# Caddy opens a connection per request.
keepalive = 0
control_socket_disable = True
accesslog = None
# As the application logs, and through its handler.
logconfig_dict = journal.configuration(env.choice("LOG_FORMAT", default="auto", choices=journal.FORMS)) | {
    # Given a configuration, gunicorn would log each request; Caddy's log has them.
    "loggers": {"gunicorn.error": {"propagate": True}, "gunicorn.access": {"level": "CRITICAL"}}
}
journal.log_what_nobody_catches()
# A thread that comes back from the database waits until another lets it run, by default for 5 ms. A save
# asks thirty times, while it holds the lock that all other authors wait for.
sys.setswitchinterval(0.0005)


def pre_fork(server: Arbiter, worker: Worker) -> None:
    """Closes what loading the application has opened: a SQLite connection must not cross a fork."""
    connections.close_all()
    # What is loaded by now stays: the collector need not write to memory that the processes share.
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Worker) -> None:
    """Takes in what the worker before this one had committed and not yet entered when it was killed."""
    # Who writes first does the same; a database that is locked for seconds is no reason not to serve.
    with contextlib.suppress(ReplicationError):
        write_ahead_log.settle(box.database())


def post_request(worker: Worker, request: object, environ: dict[str, object], response: object) -> None:
    """What a thread says from now on, it says for no request."""
    request_id.end()
