"""Error pages, and words given back when a form cannot be taken."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.web import base

pytestmark = pytest.mark.django_db

ORIGIN = f"https://{settings.MAIN_HOST}:{settings.HTTPS_PORT}"
WORDS = "</textarea><script>alert(1)</script>\nA second line."


@pytest.fixture
def strict(main: Client) -> Client:
    main.handler.enforce_csrf_checks = True
    return main


def test_a_missing_page_says_so(main: Client) -> None:
    response = main.get("/nowhere/")
    assert response.status_code == 404
    assert "Nothing lives here" in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "429.html"])
def test_every_error_page_renders(name: str) -> None:
    assert "<h1>" in get_template(name).render({})


def test_the_page_for_our_own_mistakes_needs_nothing() -> None:
    source = (Path(base.__file__).parent / "templates" / "500.html").read_text(encoding="utf-8")
    assert "{%" not in source
    assert re.findall(r"{{.*?}}", source) == ["{{ reference }}"]


def test_a_form_of_another_site_changes_nothing_and_its_words_are_only_text(
    strict: Client, alice: User
) -> None:
    strict.force_login(alice)
    response = strict.post(
        "/studio/", {"title": "Cave", "text": WORDS}, headers={"origin": "https://evil.example"}
    )
    page = response.content.decode()
    assert response.status_code == 403
    assert "&lt;/textarea&gt;&lt;script&gt;" in page
    assert "<script" not in page
    assert "Send again" not in page


def test_a_stale_form_of_ours_can_be_sent_again(strict: Client, alice: User) -> None:
    strict.force_login(alice)
    form = {"title": "Cave", "subdomain": "cave", "csrfmiddlewaretoken": "0" * 64}
    page = strict.post("/studio/", form, headers={"origin": ORIGIN}).content.decode()
    assert 'action="/studio/"' in page
    assert '<input type="hidden" name="subdomain" value="cave">' in page
    assert "Send again" in page
    assert "0" * 64 not in page


def test_a_password_is_never_shown_again(strict: Client) -> None:
    form = {"login": "alice@example.org", "password": "a secret\nof two lines"}
    response = strict.post("/account/login/", form, headers={"origin": ORIGIN})
    assert response.status_code == 403
    assert "a secret" not in response.content.decode()
    assert "Please try once more" in response.content.decode()


def test_a_refusal_inside_the_preview_frame_can_be_seen_there(strict: Client) -> None:
    headers = {"origin": ORIGIN, "sec-fetch-dest": "iframe"}
    response = strict.post("/studio/alice/preview/", {"title": "Cave", "text": "Words"}, headers=headers)
    assert response.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    assert "Your words are still in the editor" in response.content.decode()
