"""What the tests of pages share: people who are signed in, and the outbox as it is on a box."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser

from bearblog.domain.accounts.models import User
from deploy.stage.browser import chromium
from deploy.stage.site import Site, running_site
from tests.browser import Profiles


@pytest.fixture(autouse=True)
def _outbox_as_on_a_box(monkeypatch: pytest.MonkeyPatch) -> None:
    # pytest-django puts a backend of its own in the place of every box's.
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "bearblog.ops.letters.LetterBackend")


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    cache.clear()


@pytest.fixture
def signed_in(at: Callable[[str], Client]) -> Callable[[User], Client]:
    """Makes a client on the main site with somebody signed in."""

    def client_of(user: User) -> Client:
        client = at(f"{settings.MAIN_HOST}:{settings.HTTPS_PORT}")
        client.force_login(user)
        return client

    return client_of


@pytest.fixture
def studio(signed_in: Callable[[User], Client], alice: User) -> Client:
    """A client on the main site with Alice signed in."""
    return signed_in(alice)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A whole site behind Caddy, with alice as its owner and no blog yet."""
    with running_site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="module")
def site_url(site: Site) -> str:
    """The address of the whole site."""
    return site.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser."""
    # Per module: while it runs, Django would refuse other tests their database.
    with chromium() as running:
        yield running


@pytest.fixture
def profiles(browser: Browser, site_url: str) -> Iterator[Profiles]:
    """Fresh profiles of the browser, at the whole site. At the end no page may have met an error."""
    opened = Profiles(browser, site_url)
    yield opened
    opened.close()
