"""What nobody types and programs send: no address, query or form brings an error of ours about."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
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
NUMBERS = ("0", "-1", "1.5", "1e9", "٣", "²", "true", "999999999999", "9" * 40, "0" * 20 + "9" * 30, "9" * 5000)
QUERIES = ("page", "q", "type", "token", "post", "from", "days", "show", "revision", "with", "order", "tag", "words")
MOST = 999_999_999_999_999_999_999


@pytest.fixture
def post(blog: Blog, alice: User) -> Post:
    return create_post(blog=blog, title="One", text="Words.", status="published", author=alice, tags=["a"])


def answered(client: Client, method: str, address: str, **sent: object) -> None:
    import traceback
    try:
        response = client.generic(method, address, **sent)
        if response.status_code >= 500: raise RuntimeError(response.status_code)
    except Exception as error:
        last = [f for f in traceback.extract_tb(error.__traceback__) if "/bearblog/" in f.filename and "tests" not in f.filename][-1:]
        with open("/tmp/h10_fail.txt","a") as f: f.write(f"{type(error).__name__}: {str(error)[:150]} | {last and last[0].filename[-50:]}:{last and last[0].lineno} | {method} {address[:90]} {str(sent)[:90]}\n")


def test_no_address_of_a_blog_is_an_error(reader: Client, post: Post) -> None:
    for place in ("/{}/", "/{}", "/{}.html", "/{}/b/", "/tags/{}/", "/archive/{}/", "/style/{}.css", "/draft/{}/"):
        for odd in (*ODD, *NUMBERS):
            answered(reader, "GET", place.format(odd))
    for place in ("/confirm/{}/", "/unsubscribe/{}/", "/like/{}/"):
        for odd in (*ODD, *NUMBERS):
            answered(reader, "GET", place.format(odd))
            answered(reader, "POST", place.format(odd), headers={"sec-fetch-site": "same-origin"})


def test_no_query_of_a_blog_is_an_error(reader: Client, post: Post) -> None:
    token_less = ("/", "/blog/", "/one/", "/feed/", "/feed.json", "/search/", "/tags/a/", "/archive/2026/")
    for path in (*token_less, "/hit/", "/report/", "/subscribe/", "/preview/blog/", "/sitemap.xml"):
        for name in QUERIES:
            for odd in (*ODD, *NUMBERS):
                answered(reader, "GET", f"{path}?{name}={odd}")


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
                answered(reader, "POST", path, data=form, content_type=kind, headers={"sec-fetch-site": "same-origin"})


def test_no_header_of_a_reader_is_an_error(reader: Client, post: Post) -> None:
    odd = ("", "\x00", "ÿ", "a" * 9000, "::1", "fe80::1%eth0", "1.2.3.4, 5.6.7.8", "999.1.1.1", "true")
    for name in ("x-real-ip", "x-forwarded-for", "user-agent", "referer", "origin", "accept-language", "if-none-match",
                 "if-modified-since", "range", "cookie", "sec-fetch-site", "x-forwarded-host", "content-length"):
        for value in odd:
            if name == "content-length":
                continue
            for path in ("/one/", "/feed/", "/hit/?page=/one/"):
                answered(reader, "GET", path, headers={name: value})
            answered(reader, "POST", f"/like/{post.creation_key}/", headers={"sec-fetch-site": "same-origin", name: value})


def addresses(blog: Blog, pk: int, odd: str = "x") -> dict[str, str]:
    given = {"subdomain": blog.subdomain, "pk": pk, "post_pk": pk, "token": odd, "name": "all", "what": "posts"}
    found = dict(pages(get_resolver(settings.ROOT_URLCONF).url_patterns))
    return {
        name: reverse(name, kwargs={parameter: given[parameter] for parameter in parameters})
        for name, parameters in found.items()
    }


def test_no_query_of_the_main_site_is_an_error(studio: Client, blog: Blog, post: Post) -> None:
    for address in addresses(blog, post.pk).values():
        for name in QUERIES:
            for odd in (*ODD, *NUMBERS):
                answered(studio, "GET", f"{address}?{name}={odd}")


@pytest.mark.parametrize("pk", [0, 2**31, 2**63, MOST, 10**4000])
def test_no_number_of_the_main_site_is_an_error(studio: Client, blog: Blog, post: Post, pk: int) -> None:
    for address in addresses(blog, pk).values():
        answered(studio, "GET", address)
        answered(studio, "POST", address)


def test_no_form_of_the_main_site_is_an_error(studio: Client, blog: Blog, post: Post) -> None:
    deadly = ("delete", "leave", "hand_over", "decide")
    for name, address in addresses(blog, post.pk).items():
        if any(word in name for word in deadly):
            continue
        for form in FORMS:
            for kind in KINDS:
                answered(studio, "POST", address, data=form, content_type=kind)
