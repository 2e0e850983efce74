"""An unsaved text, shown on the blog's own host."""

import pytest
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.preview import make_preview_token
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import MAX_TEXT


def form(blog: Blog, **fields: str) -> dict[str, str]:
    return {"token": make_preview_token(blog), "title": "Unsaved", "text": "*Hi*"} | fields


def test_an_unsaved_text_is_shown_as_its_page(reader: Client, blog: Blog) -> None:
    response = reader.post("/preview/", form(blog))
    assert response.status_code == 200
    page = response.content.decode()
    assert "<h1>Unsaved</h1>" in page
    assert "<em>Hi</em>" in page
    assert "canonical" not in page
    assert not Post.objects.exists()


def test_the_token_may_stand_in_the_address(reader: Client, blog: Blog) -> None:
    fields = form(blog, token="")
    assert reader.post(f"/preview/?token={make_preview_token(blog)}", fields).status_code == 200


def test_a_preview_is_sandboxed_framed_by_the_main_host_and_never_kept(reader: Client, blog: Blog) -> None:
    for response in (reader.post("/preview/", form(blog)), reader.post("/preview/", form(blog, token="x"))):
        policy = response.headers["Content-Security-Policy"].split("; ")
        assert policy[0] == "sandbox"
        assert "default-src 'none'" in policy
        assert "form-action 'none'" in policy
        assert "frame-ancestors https://bear.localhost:8443" in policy
        assert "style-src 'self' https://alice.bear.localhost:8443" in policy
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "X-Frame-Options" not in response.headers
        assert not response.cookies


@pytest.mark.parametrize("token", ["", "x", "1:a:b"])
def test_a_bad_token_is_refused_with_a_sentence(reader: Client, blog: Blog, token: str) -> None:
    response = reader.post("/preview/", form(blog, token=token))
    assert response.status_code == 403
    assert "This preview has run out" in response.content.decode()


def test_a_token_of_another_blog_is_refused(reader: Client, blog: Blog, bob: User) -> None:
    other = create_blog(owner=bob, title="T", subdomain="bob")
    assert reader.post("/preview/", form(other)).status_code == 403


def test_a_form_from_another_site_still_needs_the_token(reader: Client) -> None:
    assert reader.post("/preview/", {}, headers={"origin": "https://evil.example"}).status_code == 403


def test_a_text_beyond_the_limit_gets_a_sentence(reader: Client, blog: Blog) -> None:
    response = reader.post("/preview/", form(blog, text="a" * (MAX_TEXT + 1)))
    assert response.status_code == 400
    assert "2,000,000 characters" in response.content.decode()


def test_a_preview_is_posted(reader: Client) -> None:
    assert reader.get("/preview/").status_code == 405
