"""Links for places that are not their page."""

import pytest

from bearblog.engines.rendering import links


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ('<a href="/b">', '<a href="https://x.org/b">'),
        ('<a class="c" href="#fn-1">', '<a class="c" href="https://x.org/post/#fn-1">'),
        ('<img src="a.png?b=1&amp;c=2" alt="">', '<img src="https://x.org/post/a.png?b=1&amp;c=2" alt="">'),
        ('<video src="a" poster="b">', '<video src="https://x.org/post/a" poster="https://x.org/post/b">'),
        ('<img srcset="/a 1x, b.png 2x">', '<img srcset="https://x.org/a 1x, https://x.org/post/b.png 2x">'),
        ('<a href="https://y.org/">', '<a href="https://y.org/">'),
        ('<a href="mailto:a@b.org">', '<a href="mailto:a@b.org">'),
        ('<a href="http://[bad">', '<a href="http://[bad">'),
        ("<p>href=&quot;/b&quot;</p>", "<p>href=&quot;/b&quot;</p>"),
    ],
)
def test_relative_links_are_made_absolute(given: str, made: str) -> None:
    assert links.absolute(given, "https://x.org/post/") == made
