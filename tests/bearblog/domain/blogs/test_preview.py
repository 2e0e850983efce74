"""The five-minute leave to preview."""

import time

import pytest

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import preview
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog


def test_a_token_is_good_for_its_blog(blog: Blog) -> None:
    assert preview.is_preview_token(blog, preview.make_preview_token(blog))


def test_a_token_is_no_good_for_another_blog(blog: Blog, bob: User) -> None:
    other = create_blog(owner=bob, title="T", subdomain="bob")
    assert not preview.is_preview_token(blog, preview.make_preview_token(other))


@pytest.mark.parametrize("token", ["", "x", "1:x:y", "\0", "1"])
def test_a_made_up_token_is_no_good(blog: Blog, token: str) -> None:
    assert not preview.is_preview_token(blog, token)


def test_a_token_runs_out(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    token = preview.make_preview_token(blog)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 299)
    assert preview.is_preview_token(blog, token)
    monkeypatch.setattr(time, "time", lambda: now + 302)
    assert not preview.is_preview_token(blog, token)
