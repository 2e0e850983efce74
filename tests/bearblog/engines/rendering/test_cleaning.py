"""The allow-list by itself, for HTML that comes from elsewhere than Markdown."""

import pytest

from bearblog.engines.rendering import cleaning
from tests.bearblog.engines.rendering.inspection import dangers


def test_a_frame_is_kept_with_what_it_may_do_forced() -> None:
    markup = cleaning.clean(
        '<iframe src="https://player.vimeo.com/video/1" sandbox="allow-top-navigation">a</iframe>'
    )
    assert 'src="https://player.vimeo.com/video/1"' in markup
    assert "allow-top-navigation" not in markup
    assert markup.endswith(' title="player.vimeo.com"></iframe>')
    assert dangers(markup) == []


@pytest.mark.parametrize(
    "source", ["https://evil.example/", "http://player.vimeo.com/", "javascript:a()", "/a"]
)
def test_other_frames_are_left_out(source: str) -> None:
    assert cleaning.clean(f'a<iframe src="{source}"></iframe>b') == "ab"


def test_mathml_is_kept_without_links() -> None:
    markup = cleaning.clean('<math display="block"><mi href="javascript:a()" mathcolor="red">x</mi></math>')
    assert markup == '<math display="block"><mi mathcolor="red">x</mi></math>'


def test_links_keep_what_says_who_they_are() -> None:
    markup = '<a href="https://x.org" rel="me">x</a>'
    assert cleaning.clean(markup) == markup
    assert cleaning.clean('<a href="/" rel="opener" target="_top">x</a>') == '<a href="/">x</a>'


@pytest.mark.parametrize("address", ["/a:b", "a?b:c", "#a:b", "https://x.org", "mailto:a@b.org", "tel:1", ""])
def test_an_address_may_be_relative_or_of_a_known_scheme(address: str) -> None:
    assert cleaning.is_safe_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:a",
        " java\tscript:a",
        "data:a",
        "https://[x",
        "https://x:y",
        "vbscript:a",
        "\x01javascript:a",
    ],
)
def test_other_schemes_are_refused(address: str) -> None:
    assert not cleaning.is_safe_address(address)


def test_the_tests_own_eyes_see_what_is_dangerous() -> None:
    for markup in (
        "<script>a</script>",
        '<img src="x" onerror="a">',
        '<a href="java&#10;script:a">x</a>',
        '<iframe src="https://evil.example"></iframe>',
        '<b style="a">x</b>',
        "<p>open",
        "<p><b></p></b>",
    ):
        assert dangers(markup), markup
