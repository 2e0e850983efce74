"""An unsaved text, shown on the blog's own host."""

import pytest
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.preview import make_preview_token
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts.addresses import revision_subject
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import MAX_TEXT, create_post


def form(blog: Blog, **fields: str) -> dict[str, str]:
    sent = {"token": make_preview_token(blog), "header": "title: Unsaved\ntags: rain", "text": "*Hi*"}
    return sent | fields


def shown(reader: Client, blog: Blog, **fields: str) -> str:
    response = reader.post("/preview/", form(blog, **fields))
    assert response.status_code == 200
    return response.content.decode()


def test_an_unsaved_post_is_shown_as_its_page(reader: Client, blog: Blog) -> None:
    page = shown(reader, blog)
    assert "<h1>Unsaved</h1>" in page
    assert "<em>Hi</em>" in page
    assert ">#rain</a>" in page
    assert "canonical" not in page
    assert "upvote" not in page
    assert not Post.objects.exists()


def test_an_unsaved_page_has_no_heading_of_its_own(reader: Client, blog: Blog) -> None:
    for fields in ({"header": "title: About\nis_page: true"}, {"is_page": "true"}):
        page = shown(reader, blog, **fields)
        assert '<body class="page">' in page
        assert "<time" not in page


def test_a_stored_post_lends_what_the_header_leaves_out(reader: Client, blog: Blog) -> None:
    post = create_post(blog=blog, title="Kept", text="", status="published", published_at="2020-01-02")
    page = shown(reader, blog, subject=revision_subject(post), header="lang: de")
    assert "<h1>Kept</h1>" in page
    assert "2. Januar 2020" in page


def test_lines_that_cannot_be_read_are_named_and_the_rest_is_shown(reader: Client, blog: Blog) -> None:
    header = "title: Mine\npublished_date: someday\nno colon here\nclass_name: wide"
    page = shown(reader, blog, header=header)
    assert "<h1>Mine</h1>" in page
    assert '<body class="post wide">' in page
    assert "someday" in page
    assert "Line 3: “no colon here” has no colon" in page
    assert page.index("Line 3") < page.index("<h1>Mine")


@pytest.mark.parametrize("subject", ["post:", "post:x", "new:x", "x", "", "styles"])
def test_a_subject_that_nobody_knows_is_a_new_post(reader: Client, blog: Blog, subject: str) -> None:
    assert "<h1>Unsaved</h1>" in shown(reader, blog, subject=subject)


def test_the_unsaved_front_page_is_shown(reader: Client, blog: Blog) -> None:
    header = "title: New name\nfavicon: 🐻\nnonsense"
    page = shown(reader, blog, subject="home", header=header, text="I am *here*.")
    assert "<h1>New name</h1>" in page
    assert "<em>here</em>" in page
    assert "Line 3: “nonsense” has no colon" in page
    blog.refresh_from_db()
    assert (blog.title, blog.home_text) == ("Alice's notes", "")


@pytest.mark.parametrize(("subject", "place"), [("nav", "<nav>"), ("footer", '<div id="footer-directive">')])
def test_the_unsaved_frame_of_all_pages_is_shown(
    reader: Client, blog: Blog, subject: str, place: str
) -> None:
    page = shown(reader, blog, subject=subject, header="", text="*Hi*")
    assert f"{place}<p><em>Hi</em></p>" in page


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
        assert "http-equiv" not in response.content.decode()
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
    assert f"{MAX_TEXT:,} characters" in response.content.decode()


def test_a_preview_is_posted(reader: Client) -> None:
    assert reader.get("/preview/").status_code == 405
