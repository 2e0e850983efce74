"""The little Markdown of titles."""

import pytest

from bearblog.engines.rendering import inline


@pytest.mark.parametrize(
    ("title", "markup", "plain"),
    [
        ("A title", "A title", "A title"),
        ("*a* and **b**", "<em>a</em> and <strong>b</strong>", "a and b"),
        ("**a *b* c**", "<strong>a <em>b</em> c</strong>", "a b c"),
        ("*a **b** c*", "<em>a <strong>b</strong> c</em>", "a b c"),
        ("a&nbsp;b", "a\u00a0b", "a\u00a0b"),
        ("2 * 3 * 4", "2 * 3 * 4", "2 * 3 * 4"),
        ("a * b", "a * b", "a * b"),
        ("**a", "**a", "**a"),
        ('<b> & "c"', "&lt;b&gt; &amp; &quot;c&quot;", '<b> & "c"'),
        ("&amp;nbsp;", "&amp;amp;nbsp;", "&amp;nbsp;"),
        ("_a_ `b`", "_a_ `b`", "_a_ `b`"),
    ],
)
def test_a_title_has_emphasis_and_nothing_else(title: str, markup: str, plain: str) -> None:
    assert inline.title_html(title) == markup
    assert inline.plain_title(title) == plain
