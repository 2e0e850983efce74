"""What may stand in the head of a blog's pages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearblog.domain.blogs import head
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog

GOOD = (
    '<meta name="author" content="Ann &amp; Ben">\n'
    '<meta property="og:locale" content="de">\n'
    '<link rel="me" href="https://social.example/@ann">\n'
    '<link rel="alternate" hreflang="de" href="/de/">\n'
    '<link rel="me" href="mailto:ann@example.org">'
)


def test_descriptions_and_connections_are_printed() -> None:
    blog = Blog(head_html=head.check_head(GOOD, is_trusted=False))
    assert head.head_html(blog) == GOOD


def test_comments_and_closed_tags_are_no_trouble() -> None:
    text = head.check_head("<!-- me --><META NAME=a CONTENT='b'/>", is_trusted=False)
    assert head.head_html(Blog(head_html=text)) == '<meta name="a" content="b">'


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("<script>alert(1)</script>", "<script> cannot stand"),
        ("<style>p{}</style>", "<style> cannot stand"),
        ("<base href=//evil.example>", "<base> cannot stand"),
        ('<meta http-equiv="refresh" content="0;url=https://evil.example">', "lead readers away"),
        ("<meta name=Referrer content=unsafe-url>", "tell other sites"),
        ("<meta charset=utf-7>", "no “charset”"),
        ("<meta name=a content=b onload=x>", "no “onload”"),
        ("<meta name=a>", "its content"),
        ("<meta content=a>", "a name"),
        ('<link rel="stylesheet" href="https://evil.example/x.css">', "rel=stylesheet> cannot stand"),
        ('<link rel="me stylesheet" href="/x.css">', "rel=stylesheet> cannot stand"),
        ('<link rel="preload" href="/x">', "rel=preload> cannot stand"),
        ('<link href="/x">', "needs to say what it is"),
        ('<link rel="me" href="javascript:alert(1)">', "starts with https://"),
        ('<link rel="me" href="http://example.org/">', "starts with https://"),
        ('<link rel="me" href="//example.org/">', "starts with https://"),
        ('<link rel="me" href="\\\\example.org/">', "starts with https://"),
        ('<link rel="me" href="https://[">', "starts with https://"),
        ('<link rel="me" href="">', "starts with https://"),
        ('<link rel="me" href="/" onerror="x">', "cannot have “onerror”"),
        ("<!doctype html>", "doctype"),
        ("Hello there", "“Hello there” stands outside"),
        ("a" * 10_001, "at most 10,000"),
    ],
)
def test_all_else_is_refused_in_words(typed: str, words: str) -> None:
    with pytest.raises(BlogError, match=words) as refusal:
        head.check_head(typed, is_trusted=False)
    assert refusal.value.field == "head_html"


def test_a_trusted_blog_prints_what_it_likes_and_only_while_it_is_trusted() -> None:
    typed = '<script>1</script><meta name="a" content="b">'
    blog = Blog(head_html=head.check_head(typed, is_trusted=True), is_trusted=True)
    assert head.head_html(blog) == typed
    blog.is_trusted = False
    assert head.head_html(blog) == '<meta name="a" content="b">'


def test_one_meta_tag_is_taken() -> None:
    typed = " <meta name='verify' content='a\"b<c'> "
    tag = head.check_meta_tag(typed)
    assert tag == '<meta name="verify" content="a&quot;b&lt;c">'
    assert head.meta_tag_html(Blog(meta_tag=tag)) == tag
    assert head.check_meta_tag("  ") == ""
    assert head.meta_tag_html(Blog()) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "<meta name=a content=b><meta name=c content=d>",
        '<link rel="me" href="/">',
        "<meta http-equiv=refresh content=0>",
        "<meta name=a content=b> and more",
        "verify-me",
        "<!-- -->",
        f"<meta name=a content={'b' * 500}>",
    ],
)
def test_anything_but_one_meta_tag_is_refused(typed: str) -> None:
    with pytest.raises(BlogError) as refusal:
        head.check_meta_tag(typed)
    assert refusal.value.field == "meta_tag"


TAGS = st.sampled_from(
    ["<meta ", "<link ", "<script>", "rel=me ", "href=", "name=a ", "content=", ">", '"', "'", "<!--", "\\"]
)


@given(st.lists(st.one_of(TAGS, st.text(max_size=8)), max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_only_the_two_elements_come_out(typed: str) -> None:
    for line in head.head_html(Blog(head_html=typed)).split("\n"):
        assert not line or line.startswith(("<meta ", "<link "))
        assert line.count("<") == line.count(">") == (1 if line else 0)
