"""What nobody types and programs send: no address, query or form brings an error of ours about."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Autosave, Blog
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post
from tests.bearblog.web.test_permissions import pages

# As they stand in an address: nothing, what no text can hold, what is no UTF-8, what is far too long.
ODD = (
    "",
    "%00",
    "a%00b",
    "%ff",
    "%ed%a0%80",
    "%F0%9F%98",
    "%E2%80%AE",
    "..%2f..%2fetc%2fpasswd",
    "'%22--%3E%3Cscript%3E",
    "%22",
    "*",
    "a" * 5000,
    "%F0%9F%8C%9A" * 500,
)
NUMBERS = ("-1", "1.5", "%D9%A3", "%C2%B2", "true", "999999999999", "0" * 20 + "9" * 30, "9" * 5000)
QUERIES = ("q", "type", "token", "post", "from", "days", "revision", "with", "order", "tag", "lang")


@pytest.fixture
def post(blog: Blog, alice: User) -> Post:
    return create_post(blog=blog, title="One", text="Words.", status="published", author=alice, tags=["a"])


def answered(client: Client, method: str, address: str, **sent: Any) -> None:
    response = client.generic(method, address, **sent)
    assert response.status_code < 500, (method, address[:200], sent)


def test_no_address_of_a_blog_is_an_error(reader: Client, post: Post) -> None:
    for place in (
        "/{}/",
        "/{}",
        "/{}.html",
        "/{}/b/",
        "/tags/{}/",
        "/archive/{}/",
        "/style/{}.css",
        "/draft/{}/",
    ):
        for odd in (*ODD, *NUMBERS):
            answered(reader, "GET", place.format(odd))
    for place in ("/confirm/{}/", "/unsubscribe/{}/", "/like/{}/"):
        for odd in (*ODD, *NUMBERS):
            answered(reader, "GET", place.format(odd))
            answered(reader, "POST", place.format(odd), headers={"sec-fetch-site": "same-origin"})


def odd_queries() -> Iterator[str]:
    for odd in (*ODD, *NUMBERS):
        # A page that is refused would hide what the other parts of the query do.
        yield "&".join(f"{name}={odd}" for name in QUERIES)
        yield f"page={odd}"


def test_no_query_of_a_blog_is_an_error(reader: Client, post: Post) -> None:
    lists = ("/", "/blog/", "/one/", "/feed/", "/feed.json", "/search/", "/tags/a/", "/archive/2026/")
    for path in (*lists, "/report/", "/subscribe/", "/preview/blog/", "/sitemap.xml"):
        for query in odd_queries():
            answered(reader, "GET", f"{path}?{query}")


FORMS = (
    b"",
    b"=&&&%",
    b"email=%00&reason=%00&page=%00&text=%00",
    b"email=%ff%fe&reason=%ed%a0%80&page=%ff&text=%ff&header=%ff",
    b"\x00\xff\xfe",
    b"email=" + b"a" * 100_000 + b"%40example.org&reason=" + b"x" * 100_000,
    b"&".join(b"name%d=1" % number for number in range(2000)),
)
KINDS = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=nonsense",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "",
)


def test_no_form_of_a_blog_is_an_error(reader: Client, post: Post) -> None:
    places = ("/subscribe/", "/unsubscribe/", "/report/", "/preview/", f"/like/{post.creation_key}/", "/one/")
    for path in places:
        for form in FORMS:
            for kind in KINDS:
                answered(
                    reader,
                    "POST",
                    path,
                    data=form,
                    content_type=kind,
                    headers={"sec-fetch-site": "same-origin"},
                )


def test_no_header_of_a_reader_is_an_error(reader: Client, post: Post) -> None:
    odd = ("", "\x00", "ÿ", "a" * 9000, "::1", "fe80::1%eth0", "1.2.3.4, 5.6.7.8", "999.1.1.1", "true")
    for name in (
        "x-real-ip",
        "x-forwarded-for",
        "user-agent",
        "referer",
        "origin",
        "accept-language",
        "if-none-match",
        "if-modified-since",
        "range",
        "cookie",
        "sec-fetch-site",
        "x-forwarded-host",
    ):
        for value in odd:
            for path in ("/one/", "/feed/"):
                answered(reader, "GET", path, headers={name: value})
            answered(
                reader,
                "POST",
                f"/like/{post.creation_key}/",
                headers={"sec-fetch-site": "same-origin", name: value},
            )


def addresses(blog: Blog, pk: int, odd: str = "x") -> dict[str, str]:
    given = {
        "subdomain": blog.subdomain,
        "pk": pk,
        "post_pk": pk,
        "token": odd,
        "name": "all",
        "what": "posts",
    }
    found = dict(pages(get_resolver(settings.ROOT_URLCONF).url_patterns))
    return {
        name: reverse(name, kwargs={parameter: given[parameter] for parameter in parameters})
        for name, parameters in found.items()
    }


def test_no_query_of_the_main_site_is_an_error(studio: Client, blog: Blog, post: Post) -> None:
    queries = list(odd_queries())
    for number, address in enumerate(addresses(blog, post.pk).values()):
        # Each page meets some of them; all pages together meet them all.
        for query in queries[number % 7 :: 7]:
            answered(studio, "GET", f"{address}?{query}")


@pytest.mark.parametrize("pk", [0, 2**63, 10**1000], ids=["none", "64 bits", "a thousand digits"])
def test_no_number_of_the_main_site_is_an_error(studio: Client, blog: Blog, post: Post, pk: int) -> None:
    for address in addresses(blog, pk).values():
        answered(studio, "GET", address)
        answered(studio, "POST", address)


def test_no_form_of_the_main_site_is_an_error(studio: Client, blog: Blog, post: Post) -> None:
    deadly = ("delete", "leave", "hand_over", "decide")
    sent = [(form, kind) for form in FORMS for kind in KINDS]
    for number, (name, address) in enumerate(addresses(blog, post.pk).items()):
        if any(word in name for word in deadly):
            continue
        for form, kind in sent[number % 5 :: 5]:
            answered(studio, "POST", address, data=form, content_type=kind)


@pytest.mark.parametrize(
    "odd", ["\x00", "a\x00b", "\ud800", "x" * 300_000, "true", "_", "=1+1", "\u202e", "[]"]
)
def test_no_word_in_a_field_is_an_error(studio: Client, blog: Blog, post: Post, odd: str) -> None:
    fields = {
        "posts/new/": ("header", "text", "creation_key", "publish"),
        f"posts/{post.pk}/": ("header", "text", "seen", "publish"),
        "": ("header", "text"),
        "nav/": ("text",),
        "template/": ("text",),
        "styles/": ("css",),
        "settings/": ("title", "subdomain", "language", "time_zone", "date_format"),
        "settings/advanced/": ("blog_path", "feed_alias", "meta_tag", "robots_text"),
        "directives/": ("head_html",),
        "settings/domain/": ("domain",),
        "settings/people/": ("email", "role"),
        "subscribers/": ("emails",),
        "deleted/": ("key",),
        "posts/several/": ("chosen", "do", "tag"),
        "media/delete/": ("chosen",),
        "review/": ("note",),
    }
    sent = quote(odd.encode("utf-8", "surrogatepass"))
    for path, names in fields.items():
        form = "&".join(f"{name}={sent}" for name in names).encode()
        answered(studio, "POST", f"/studio/{blog.subdomain}/{path}", data=form, content_type=KINDS[0])
        blog.refresh_from_db()


@pytest.mark.parametrize(
    "kept", ['{"text": "\\ud800", "header": "a\\u0000"}', '{"text": 1}', "[]", "{", "[" * 100_000]
)
def test_no_unsaved_text_is_an_error(studio: Client, blog: Blog, kept: str) -> None:
    answered(studio, "POST", "/studio/alice/autosave/", data=kept, content_type="application/json")
    assert not Autosave.objects.exists()


LINES = (
    "title",
    "link",
    "alias",
    "published_date",
    "tags",
    "make_discoverable",
    "is_page",
    "lang",
    "class_name",
    "meta_description",
    "meta_image",
    "canonical_url",
    "favicon",
    "nothing_known",
    "",
)
VALUES = (
    "",
    "true",
    "True",
    "0",
    "_",
    "/",
    "é" * 500,
    "2026-13-45",
    "javascript:alert(1)",
    "\x00",
    ": :",
    "[]",
)


def test_no_header_line_is_an_error_or_costs_a_word(studio: Client, blog: Blog, post: Post) -> None:
    for key in LINES:
        for value in VALUES:
            sent = {
                "header": f"title: One\n{key}: {value}\nno colon here",
                "text": "Words that stay.",
                "do": "publish",
            }
            response = studio.post(f"/studio/alice/posts/{post.pk}/", sent)
            assert response.status_code == 422, (key, value)
            assert "Words that stay." in response.content.decode()
            home = studio.post("/studio/alice/", {"header": f"{key}: {value}", "text": "Words that stay."})
            assert home.status_code in (302, 422), (key, value)
            if home.status_code == 422:
                assert "Words that stay." in home.content.decode()
    post.refresh_from_db()
    assert post.text == "Words."
