"""Boxes that run the application, over a folder in the place of a bucket."""

import signal
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from bearblog.engines.replication.bucket import Bucket
from tests.app_box import AppBox
from tests.bearblog.ops.web_server import WebServer
from tests.replicas import make_folder_bucket

Call = Callable[..., tuple[int, str, str]]

BLOG = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.services import create_blog
from bearblog.engines.outbox.tasks import send_letters
alice = User.objects.create_superuser("alice@example.org", "an honest pass phrase")
create_blog(owner=alice, title="Notes", subdomain="notes")
send_letters.enqueue("")
"""


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with alice, her blog, and a task in the queue."""
    folder = tmp_path_factory.mktemp("migrated")
    made = AppBox(make_folder_bucket(folder), folder / "box")
    done = made.manage("shell", "--no-imports", "--command", BLOG)
    assert done.returncode == 0, done.stderr
    made.value("PRAGMA wal_checkpoint(TRUNCATE)")
    return made.database


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs a command that needs no database on a box, without a process: its exit code, output and error."""

    def call_on(box: AppBox, *arguments: str) -> tuple[int, str, str]:
        output = StringIO()
        with monkeypatch.context() as patch:
            patch.setattr(settings, "DATA_DIR", box.folder)
            patch.setitem(settings.DATABASES["default"], "NAME", str(box.database))
            patch.setattr(settings, "REPLICA_URL", box.bucket.replica_url)
            patch.setattr(settings, "RCLONE_CONFIG", box.bucket.rclone_config)
            patch.setattr(settings, "RCLONE_BINARY", box.bucket.rclone_binary)
            patch.setattr(settings, "LITESTREAM_BINARY", box.bucket.litestream_binary)
            patch.setattr(settings, "SYNC_SOCKET", str(box.sync_socket))
            try:
                call_command(*arguments, stdout=output, stderr=StringIO())
            except CommandError as error:
                return 1, output.getvalue(), str(error)
        return 0, output.getvalue(), ""

    return call_on


@pytest.fixture
def kept_signals() -> Iterator[None]:
    """Puts back what a command that was called in this process does to SIGTERM."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def web_server(tmp_path: Path, committed_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    """The application, answering at the socket at which the worker asks it."""
    path = tmp_path / "web.sock"
    server = WebServer(path)
    monkeypatch.setattr(settings, "WEB_SOCKET", str(path))
    yield server
    server.stop()


@pytest.fixture
def app_box(folder_bucket: Bucket, tmp_path: Path, migrated: Path) -> Iterator[AppBox]:
    """An installed box; nothing runs on it yet."""
    made = AppBox(folder_bucket, tmp_path / "box")
    made.install_copy(migrated)
    yield made
    made.stop()


@pytest.fixture
def bare_box(folder_bucket: Bucket, tmp_path: Path) -> Iterator[AppBox]:
    """A box with nothing on it."""
    made = AppBox(folder_bucket, tmp_path / "bare")
    yield made
    made.stop()
