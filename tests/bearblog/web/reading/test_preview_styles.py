"""A theme, or CSS that is not saved, tried on the blog's own front page."""

import base64
import hashlib
import re

import pytest
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.preview import make_preview_token

pytestmark = pytest.mark.django_db


def tried_on(reader: Client, blog: Blog, **typed: str) -> tuple[str, str]:
    """The style sheet inside the page, and the page's policy."""
    answer = reader.post(f"/preview/?token={make_preview_token(blog)}", {"subject": "home", **typed})
    assert answer.status_code == 200
    inside = re.search("<style>(.*?)</style>", answer.content.decode(), re.DOTALL)
    assert inside is not None
    return inside[1], answer.headers["Content-Security-Policy"]


def test_a_theme_is_tried_on_over_the_blogs_own_words(reader: Client, blog: Blog) -> None:
    blog.home_text = "My *own* words."
    blog.save(update_fields=["home_text"])
    answer = reader.post(f"/preview/?token={make_preview_token(blog)}", {"subject": "home", "theme": "novel"})
    page = answer.content.decode()
    assert "My <em>own</em> words." in page
    assert "/* Novel:" in page
    assert 'rel="stylesheet"' not in page


def test_the_policy_lets_in_that_very_sheet_and_no_other(reader: Client, blog: Blog) -> None:
    sheet, policy = tried_on(reader, blog, css="body { color: teal }")
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert sheet.endswith("body { color: teal }")
    assert f"'sha256-{digest}'" in policy
    assert "unsafe-inline" not in policy
    assert "sandbox" in policy


def test_css_that_would_leave_its_element_stays_in_it(reader: Client, blog: Blog) -> None:
    sheet, _ = tried_on(reader, blog, css="a{}</style><script>alert(1)</script>")
    assert "<script>alert(1)<\\/script>" in sheet


def test_css_from_elsewhere_is_left_out_here_too(reader: Client, blog: Blog) -> None:
    sheet, policy = tried_on(reader, blog, css="a { background: url(https://example.org/x.png) }")
    assert "example.org" not in sheet
    assert "https:;" not in policy.partition("style-src")[2].partition(";")[0]


def test_nothing_is_saved(reader: Client, blog: Blog) -> None:
    tried_on(reader, blog, css="body { color: teal }")
    blog.refresh_from_db()
    assert blog.css == ""


def test_without_leave_nothing_is_shown(reader: Client, blog: Blog) -> None:
    answer = reader.post("/preview/?token=made-up", {"theme": "novel"})
    assert answer.status_code == 403
    assert "/* Novel:" not in answer.content.decode()
