"""Markdown to clean HTML."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearblog.engines.rendering import markdown


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("*a* **b** ~~c~~ ==d==", "<em>a</em> <strong>b</strong> <del>c</del> <mark>d</mark>"),
        ("[a](/b)", '<a href="/b">a</a>'),
        ("https://example.org/?a=1&b=2", '<a href="https://example.org/?a=1&amp;b=2">'),
        ("![alt](/a.png)", '<img src="/a.png" alt="alt">'),
        ("- [ ] a\n- [x] b", '<li class="task-list-item">☐ a</li>\n<li class="task-list-item">☑ b</li>'),
        ("|a|b|\n|-|-:|\n|c|d|", '<td class="align-right">d</td>'),
        ("a[^1]\n\n[^1]: b", '<a href="#fn-1">1</a>'),
        ("```python\na < b\n```", '<pre><code class="language-python">a &lt; b'),
        ("# Über *uns*", '<h1 id="über-uns">'),
        ("## 标题\n\n## 标题", '<h2 id="标题-2">标题</h2>'),
        ("# [a](/b) & c", '<h1 id="a-c">'),
        ("# !!!", "<h1>!!!</h1>"),
        ('<div class="a"><b>x</b></div>', '<div class="a"><b>x</b></div>'),
    ],
)
def test_markdown_becomes_html(text: str, markup: str) -> None:
    assert markup in markdown.render(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b onclick=alert(1)>a</b>",
        "<a href='javascript:alert(1)'>a</a>",
        "[a](javascript:alert(1))",
        "![a](data:text/html;base64,PHNjcmlwdD4=)",
        "<iframe src='https://example.org'></iframe>",
        "<form action='/x'><input name=a></form>",
        "<style>body { display: none }</style>",
        "<b style='position:fixed'>a</b>",
        "<svg><script>alert(1)</script></svg>",
        "<base href='https://example.org/'>",
        "<meta http-equiv=refresh content='0;url=https://example.org'>",
        "<object data=x></object><embed src=x><link rel=stylesheet href=x>",
    ],
)
def test_nothing_that_runs_or_restyles_comes_through(text: str) -> None:
    markup = markdown.render(text).lower()
    for trace in (
        "<script",
        "onclick",
        "javascript:",
        "data:",
        "<iframe",
        "<form",
        "<input",
        "<style",
        "style=",
        "<svg",
        "<base",
        "<meta",
        "<object",
        "<embed",
        "<link",
    ):
        assert trace not in markup


def test_a_character_that_no_feed_can_hold_is_left_out() -> None:
    assert markdown.render("a&#1;b&#xFFFE;c") == "<p>abc</p>\n"


def test_html_nested_beyond_reason_is_shown_as_typed() -> None:
    assert "&lt;div&gt;" in markdown.render("<div>" * 1000)
    assert "&lt;" not in markdown.render("<div>a</div>\n\n" * 1000)
    assert "&lt;" not in markdown.render("<p>a<br><img src=/b>\n" * 1000)


@given(st.text(alphabet="ab \n*_`~=^[]()!<>|-#\\:&;'\"/1.\u00e4\u5b57", max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_rendered(text: str) -> None:
    markdown.render(text)


@pytest.mark.parametrize(
    "pattern",
    [
        "A paragraph with *some* [links](/a) and `code`.\n\n",
        "[",
        "<div>",
        "**a ",
        "> ",
        "`a ",
        "# a\n",
        "- a\n",
        "&",
        "\\",
    ],
)
def test_a_long_text_takes_time_in_proportion(pattern: str) -> None:
    text = pattern * (100_000 // len(pattern))
    start = time.process_time()
    markdown.render(text)
    assert time.process_time() - start < 1.5
