"""Markdown to clean HTML."""

import threading
import time

import pytest

from bearblog.engines.rendering import markdown
from tests.bearblog.engines.rendering.inspection import dangers, ids


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("*a* **b** ~~c~~ ==d==", "<em>a</em> <strong>b</strong> <del>c</del> <mark>d</mark>"),
        ("==a *b* c== x==y==z", "<mark>a <em>b</em> c</mark> x<mark>y</mark>z"),
        ("a == b == c", "<p>a == b == c</p>"),
        ("x^2^ H~2~O e^*n*^", "x<sup>2</sup> H<sub>2</sub>O e<sup><em>n</em></sup>"),
        ("a ^ b ~ c", "<p>a ^ b ~ c</p>"),
        ("a  \nb\\\nc\\nd", "<p>a<br>\nb<br>\nc<br>\nd</p>"),
        ("a\n\n\\\n\nb", "<p>a</p>\n<p><br>\n</p>\n<p>b</p>"),
        ("[a](/b)", '<a href="/b">a</a>'),
        ("![alt](/a.png)", '<img src="/a.png" alt="alt"'),
        (
            "- [ ] a\n- [x] b",
            '<li class="task-list-item"><span role="img" aria-label="To do">☐</span> a</li>',
        ),
        ("- [x] a\n\n  b", '<p><span role="img" aria-label="Done">☑</span> a</p>'),
        ("|a|b|\n|-|-:|\n|c|d|", '<td class="align-right">d</td>'),
        ("a\n: b\n: c", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dd>c</dd>\n</dl>"),
        ('*[HTML]: Hyper "Text"\n\nHTML, HTMLX', '<abbr title="Hyper &quot;Text&quot;">HTML</abbr>, HTMLX'),
        ("    # a\n    b", "<p># a\nb</p>"),
        ('<div class="a"><b>x</b></div>', '<div class="a"><b>x</b></div>'),
        ("<div>\n\n*a*\n\n</div>", "<div>\n<p><em>a</em></p>\n</div>"),
        (
            "[a](tab:https://b.org/tab:c)",
            '<a href="https://b.org/tab:c" target="_blank" rel="noopener">a</a>',
        ),
        ("[a](https://b.org/tab:c)", '<a href="https://b.org/tab:c">a</a>'),
        ("~~~python\na\n~~~", '<div class="highlight"><pre tabindex="0"><code class="language-python">a\n'),
        ("```nonsense\na < b\n```", '<pre><code class="language-nonsense">a &lt; b\n</code></pre>'),
        ("```\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
    ],
)
def test_markdown_becomes_html(text: str, markup: str) -> None:
    assert markup in markdown.render(text)


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        (
            "see https://a.org/?b=1&c=2.",
            'see <a href="https://a.org/?b=1&amp;c=2">https://a.org/?b=1&amp;c=2</a>.',
        ),
        ("(www.a.org/b_(c)_d)", '(<a href="https://www.a.org/b_(c)_d">www.a.org/b_(c)_d</a>)'),
        ("**https://a.org**", '<strong><a href="https://a.org">https://a.org</a></strong>'),
        ("==https://a.org==", '<mark><a href="https://a.org">https://a.org</a></mark>'),
        ("https://a.org/路，b", '<a href="https://a.org/%E8%B7%AF">https://a.org/路</a>，b'),
        ("mail a.b@c.org!", 'mail <a href="mailto:a.b@c.org">a.b@c.org</a>!'),
        ("@a@b.org", "<p>@a@b.org</p>"),
        ("`https://a.org`", "<p><code>https://a.org</code></p>"),
        ("[https://a.org](/b)", '<p><a href="/b">https://a.org</a></p>'),
        ('<a href="/b">https://a.org</a>', '<p><a href="/b">https://a.org</a></p>'),
        ("[https://a.org/", '[<a href="https://a.org/">https://a.org/</a>'),
        ("ftp://a.org https:// www.", "<p>ftp://a.org https:// www.</p>"),
    ],
)
def test_bare_addresses_are_links(text: str, markup: str) -> None:
    assert markup in markdown.render(text)


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("(c) (R) (tm) (P) +-", "© ® ™ ℗ ±"),
        ("\\(c) `(c)` +-+", "(c) <code>(c)</code> +-+"),
        ("https://a.org/(c)", '<a href="https://a.org/(c)">https://a.org/(c)</a>'),
        ("ftp://a.org/(c) [(c)](/(c))", 'ftp://a.org/(c) <a href="/(c)">©</a>'),
    ],
)
def test_signs_are_made_in_words_only(text: str, markup: str) -> None:
    assert markup in markdown.render(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# Über *uns*", "über-uns"),
        ("# [a](/b) & `c`", "a-c"),
        ("# <b class=x>a</b>", "a"),
        ("# 标题", "标题"),
        ("# עברית", "עברית"),
        ("# !!!", "section"),
        ("# fn 1", "section-fn-1"),
        ("Title\n===", "title"),
    ],
)
def test_a_heading_has_an_anchor_in_its_own_script(text: str, name: str) -> None:
    assert ids(markdown.render(text)) == [name]


def test_anchors_are_unique() -> None:
    markup = markdown.render("# a 2\n# a\n# a\n# a\n# a 2\nb[^1]\n\n[^1]: c")
    assert ids(markup) == ["a-2", "a", "a-3", "a-4", "a-2-2", "fnref-1", "fn-1"]


def test_a_table_of_contents_links_to_the_headings() -> None:
    markup = markdown.render(".. toc:: Inside\n\n# A *b*\n\n### 标题\n\n## C\n\n# D")
    assert '<details class="toc" open=""><summary>Inside</summary><ul>' in markup
    assert '<li><a href="#a-b">A b</a><ul><li><a href="#标题">标题</a></li>' in markup
    assert all(f'<a href="#{name}">' in markup for name in ids(markup))
    assert dangers(markup) == []


def test_a_table_of_contents_goes_as_deep_as_it_says() -> None:
    markup = markdown.render(".. toc::\n   :max-level: 1\n\n# A\n\n## B")
    assert "<summary>Contents</summary>" in markup
    assert 'href="#a"' in markup
    assert 'href="#b"' not in markup


def test_a_footnote_has_several_lines_and_a_way_back() -> None:
    markup = markdown.render("a[^x] b[^x]\n\n[^x]: one\n  two\n\n  three\n\nafter [^none]")
    assert '<sup class="footnote-ref" id="fnref-1"><a href="#fn-1">1</a></sup>' in markup
    assert '<li id="fn-1"><p>one\ntwo</p>\n<p>three <a href="#fnref-1" class="footnote"' in markup
    assert '<a href="#fnref-1-2" class="footnote" aria-label="Back to the text">' in markup
    assert "<p>after [^none]</p>" in markup


@pytest.mark.parametrize(
    "text",
    [
        ".. note:: My *title*\n    a\n\n    - b",
        "before\n.. NOTE:: My *title*\n   :class: x\n\n   a\n\n   - b\n",
        "> [!NOTE] My *title*\n> a\n>\n> - b",
    ],
)
def test_a_callout_has_a_title_and_a_body(text: str) -> None:
    markup = markdown.render(text)
    assert '<section class="admonition note">\n<p class="admonition-title">My <em>title</em></p>' in markup
    assert "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</section>" in markup


def test_a_callout_without_a_title_is_named_by_its_kind() -> None:
    assert '<p class="admonition-title">Warning</p>' in markdown.render("> [!WARNING]\n> a")
    assert "<p>.. nonsense:: a</p>" in markdown.render(".. nonsense:: a")


def test_a_picture_with_a_title_that_stands_alone_is_a_figure() -> None:
    assert "<figcaption>A &amp; B</figcaption></figure>" in markdown.render('![a](/b.png "A & B")')
    assert 'title="t"' in markdown.render('words ![a](/b.png "t")')


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://www.youtube.com/watch?v=a-b", "https://www.youtube-nocookie.com/embed/a-b"),
        ("words\nhttps://vimeo.com/12\nwords", "https://player.vimeo.com/video/12?dnt=1"),
        ("words ![Talk](https://youtu.be/ab)", "https://www.youtube-nocookie.com/embed/ab"),
        ("![Talk](https://youtu.be/ab?t=9)", "https://www.youtube-nocookie.com/embed/ab?start=9"),
        (
            '<iframe src="https://www.youtube.com/embed/a"></iframe>',
            "https://www.youtube-nocookie.com/embed/a",
        ),
    ],
)
def test_a_player_is_shown_in_a_sandboxed_frame(text: str, address: str) -> None:
    markup = markdown.render(text)
    assert f'src="{address}"' in markup
    assert 'loading="lazy"' in markup
    assert ' title="' in markup
    assert dangers(markup) == []


@pytest.mark.parametrize(
    "text",
    [
        "see https://vimeo.com/12 there",
        "<https://vimeo.com/12>",
        "[https://vimeo.com/12](https://vimeo.com/12)",
        "https://vimeo.com/about/us",
        "http://vimeo.com/12",
        "https://vimeo.com.evil.example/12",
    ],
)
def test_other_addresses_stay_links(text: str) -> None:
    markup = markdown.render(text)
    assert "<iframe" not in markup
    assert "<a href" in markup


def test_a_character_that_no_feed_can_hold_is_left_out() -> None:
    assert markdown.render("a&#1;b&#xFFFE;c") == "<p>a\ufffdb\ufffdc</p>\n"
    assert markdown.render("<p>a&#xFFFE;b</p>") == "<p>ab</p>"


def test_html_nested_beyond_reason_is_shown_as_typed() -> None:
    assert "&lt;div&gt;" in markdown.render("<div>" * 1000)
    assert "&lt;" not in markdown.render("<div>a</div>\n\n" * 1000)
    assert "&lt;" not in markdown.render("<p>a<br><img src=/b>\n" * 1000)
    assert "&lt;b " in markdown.render(f"<b {' '.join(f'a{number}=1' for number in range(10_000))}>x</b>")


def test_a_trusted_text_keeps_its_scripts_and_is_balanced() -> None:
    markup = markdown.render("<script>if (a < b) c()</script>\n\n<b onclick='d()'>e", trusted=True)
    assert markup == '<script>if (a < b) c()</script>\n<p><b onclick="d()">e</b></p><b onclick="d()">\n</b>'


def test_threads_do_not_disturb_each_other() -> None:
    texts = [f"# {name}\n\na[^1] {name}\n\n```python\n{name} = 1\n```\n\n[^1]: {name}" for name in "abcd"]
    expected = [markdown.render(text) for text in texts]
    made: dict[int, set[str]] = {number: set() for number in range(4)}

    def work(number: int) -> None:
        made[number].update(markdown.render(texts[number]) for _ in range(20))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [made[number] for number in range(4)] == [{markup} for markup in expected]


PATTERNS = """
    [ ![ [^a [a]( ( * ** _ ~ == ^ ` $ $$a␤ $$␤ < <b> <div> <b␠a= <!-- &amp; \\ {{ {{␠a␠| (c) +- >␠ -␠ #␠a␤
    -␠[␠]␠a␤ |a|␤|-|␤ :␠a␤ .. ..␠note::␤␠␠ ..␠toc::␤␤#␠a␤␤ *[a]:␠b␤ [^1]:␠a␤ https://a.b/( a@b.c␠
    www. >␠[!TIP]␤ ␠␠␠␠a␤
""".replace("\n", " ").split(" ")


@pytest.mark.parametrize("pattern", sorted(set(filter(None, PATTERNS))))
def test_a_long_text_takes_time_in_proportion(pattern: str) -> None:
    unit = pattern.replace("␠", " ").replace("␤", "\n")
    text = unit * (10_000 // len(unit))
    start = time.process_time()
    markdown.render(text)
    assert time.process_time() - start < 1.5


@pytest.mark.parametrize(
    "text",
    [
        f"[a]: /{'x' * 20_000}\n\n" + "[a] " * 500,
        f"[a]: /{'x' * 20_000}\n\n" + "![a] " * 500,
        f"*[a]: {'x' * 500}\n\n" + "a " * 10_000,
        "a[^1]" * 10_000 + "\n\n[^1]: b",
        ".. toc::\n\n" * 200 + "# a\n" * 200,
    ],
    ids=["links", "pictures", "abbreviations", "footnotes", "tables of contents"],
)
def test_a_page_never_grows_out_of_proportion_to_its_text(text: str) -> None:
    assert len(markdown.render(text)) < 25 * len(text) + 10_000
