"""The people, the blog and the browser stand-in that all tests share."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.services import make_writer
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from bearblog.lib import request_id
from deploy.stage.seaweed import Seaweed

# Made known here, once, so that all tests share the one provisioned box.
from tests.boxes import bare_box, bare_metal, box, provisioned, stopped_box  # noqa: F401
from tests.listener import Listener

PASSWORD = "an honest pass phrase"
SEAWEED = pytest.StashKey[Seaweed]()


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Starts the S3 server first, where any test needs it: other tests can run in its first three seconds."""
    if not any("seaweed" in getattr(item, "fixturenames", ()) for item in session.items):
        return (yield)
    with TemporaryDirectory(prefix="bearblog-seaweed-") as folder:
        server = session.config.stash[SEAWEED] = Seaweed(Path(folder))
        server.launch()
        try:
            return (yield)
        finally:
            server.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuses the mark that leaves the next test a database without the rows of its migrations."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark is not None and mark.kwargs.get("transaction"):
            raise pytest.UsageError(f"{item.nodeid} commits: let it use the fixture committed_db.")


@pytest.fixture(scope="session")
def seaweed(pytestconfig: pytest.Config) -> Seaweed:
    """A running S3 server, the one for all tests; each takes a place in it of its own."""
    server = pytestconfig.stash[SEAWEED]
    server.await_answer()
    return server


@pytest.fixture
def migrated_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Puts the rows that migrations made back for the next test, whatever this one deletes."""
    with django_db_blocker.unblock():
        rows = connection.creation.serialize_db_to_string()
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(rows)


@pytest.fixture
def committed_db(migrated_rows: None, django_db_serialized_rollback: None, transactional_db: None) -> None:
    """A database in which a commit is a commit; it is emptied after the test."""


@pytest.fixture
def without_posts(committed_db: None) -> Iterator[None]:
    """A database from before there were posts."""
    call_command("migrate", "posts", "zero", verbosity=0)
    yield
    # All of them: what stands on the posts went with them.
    call_command("migrate", verbosity=0)


@pytest.fixture
def alice(db: None) -> User:
    """The owner of the box, and a writer."""
    user = User.objects.create_superuser("alice@example.org", PASSWORD)
    make_writer(user)
    return user


@pytest.fixture
def bob(db: None) -> User:
    """Another writer."""
    user = User.objects.create_user("bob@example.org", PASSWORD)
    make_writer(user)
    return user


@pytest.fixture
def charlie(db: None) -> User:
    """A stranger with an account and nothing else."""
    return User.objects.create_user("charlie@example.org", PASSWORD)


@pytest.fixture(autouse=True)
def hosts_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of host files for each test."""
    folder = tmp_path / "hosts"
    folder.mkdir()
    monkeypatch.setattr(settings, "HOSTS_DIR", folder)
    return folder


@pytest.fixture(autouse=True)
def media_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of authors' files for each test."""
    folder = tmp_path / "media"
    folder.mkdir()
    monkeypatch.setattr(settings, "MEDIA_ROOT", folder)
    return folder


@pytest.fixture(autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of finished pages for each test."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setattr(settings, "CACHE_DIR", folder)
    return folder


@pytest.fixture(autouse=True)
def alarms_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for the book of alarms of each test."""
    folder = tmp_path / "alarms"
    monkeypatch.setattr(settings, "ALARMS_DIR", folder)
    return folder


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Somebody who is told of alarms and pings, and takes everything."""
    made = Listener()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _no_request() -> Iterator[None]:
    """Each test begins for no request: a thread serves its last one until the next begins."""
    request_id.end()
    yield
    request_id.end()


@pytest.fixture
def blog(alice: User) -> Blog:
    """Alice's blog."""
    return create_blog(owner=alice, title="Alice's notes", subdomain="alice")


@pytest.fixture
def at() -> Callable[[str], Client]:
    """Makes a client that speaks HTTPS to one host, as Caddy would pass it on."""

    def client_at(host: str) -> Client:
        return Client(
            headers={"host": host, "x-forwarded-proto": "https"},
            SERVER_NAME=host.partition(":")[0],
        )

    return client_at


@pytest.fixture
def main(at: Callable[[str], Client]) -> Client:
    """A client on the main site."""
    return at(settings.MAIN_HOST)


@pytest.fixture
def reader(at: Callable[[str], Client], blog: Blog) -> Client:
    """A client on Alice's blog."""
    return at(f"{blog.subdomain}.{settings.BLOGS_DOMAIN}")
