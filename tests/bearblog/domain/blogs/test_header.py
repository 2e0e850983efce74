"""The lines above the home text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bearblog.domain.blogs import header
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog

WHOLE = "title: Bees\nfavicon: 🐝\nmeta_description: About bees: all\nmeta_image: https://example.org/bee.png"


def test_the_lines_are_read_and_written_back(blog: Blog) -> None:
    read = header.read(WHOLE.replace("\n", "\r\n\r\n"), blog=blog)
    assert read == header.HomeHeader("Bees", "🐝", "About bees: all", "https://example.org/bee.png")
    for name, value in vars(read).items():
        setattr(blog, name, value)
    assert header.write(blog) == WHOLE


def test_without_a_title_line_the_title_stays_and_all_else_is_cleared(blog: Blog) -> None:
    blog.favicon = "🐝"
    assert header.read("", blog=blog) == header.HomeHeader("Alice's notes", "", "", "")


@pytest.mark.parametrize(
    "favicon", ["🐻", "👨‍👩‍👧‍👦", "B", "/media/icon.png", "https://example.org/i.svg", "ア"]
)
def test_a_favicon_is_a_sign_or_an_image(blog: Blog, favicon: str) -> None:
    assert header.read(f"favicon: {favicon}", blog=blog).favicon == favicon


@pytest.mark.parametrize(
    ("typed", "number", "key", "words"),
    [
        ("favicon: true", 1, "favicon", "neither an emoji"),
        ("favicon: 🐻 bear", 1, "favicon", "neither an emoji"),
        ("title: T\nfavicon: http://example.org/i.png", 2, "favicon", "https://"),
        ("title:", 1, "title", "Give the blog a title"),
        (f"title: {'a' * 201}", 1, "title", "at most 200"),
        (f"meta_description: {'a' * 201}", 1, "meta_description", "at most 200"),
        ("meta_image: javascript:alert(1)", 1, "meta_image", "https://"),
        ("meta_image: https://[", 1, "meta_image", "https://"),
        (f"meta_image: /{'a' * 501}", 1, "meta_image", "at most 500"),
        ("no colon here", 1, "", "no colon"),
        ("titel: T", 1, "titel", "Did you mean title?"),
        ("title: A\ntitle: B", 2, "title", "again"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(
    blog: Blog, typed: str, number: int, key: str, words: str
) -> None:
    with pytest.raises(BlogError, match=words) as refusal:
        header.read(typed, blog=blog)
    [problem] = refusal.value.problems
    assert (problem.line_number, problem.key) == (number, key)
    assert refusal.value.field == "header"


def test_all_problems_are_said_at_once_in_the_order_of_the_lines(blog: Blog) -> None:
    with pytest.raises(BlogError) as refusal:
        header.read("favicon: true\nnothing\ntitle:", blog=blog)
    assert [problem.line_number for problem in refusal.value.problems] == [1, 2, 3]


@given(st.text(max_size=300))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_header_is_a_crash_and_what_is_read_can_be_read_again(typed: str) -> None:
    blog = Blog(title="T")
    try:
        read = header.read(typed, blog=blog)
    except BlogError as error:
        assert error.problems
        return
    for name, value in vars(read).items():
        setattr(blog, name, value)
    assert header.read(header.write(blog), blog=blog) == read
