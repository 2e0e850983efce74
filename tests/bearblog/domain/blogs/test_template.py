"""What a new post begins with."""

import pytest

from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.template import Template, read_template


@pytest.mark.parametrize(
    ("typed", "header", "text"),
    [
        ("tags: a\n___\nHello\n", "tags: a", "Hello"),
        ("tags: a\r\n\r\n_____ \r\n\r\nHello\r\n---\r\nBye", "tags: a", "Hello\n---\nBye"),
        ("tags: a\n---\nHello", "tags: a", "Hello"),
        ("___\nHello", "", "Hello"),
        ("tags: a\n___", "tags: a", ""),
        ("a: b\n---\n___\nx", "a: b\n---", "x"),
        (" \n", "", ""),
    ],
)
def test_a_template_is_parted_at_its_line(typed: str, header: str, text: str) -> None:
    assert read_template(typed) == Template(header, text)


@pytest.mark.parametrize("typed", ["tags: a", "a __ b", "some ___ words"])
def test_a_template_without_the_line_is_refused(typed: str) -> None:
    with pytest.raises(BlogError, match="line of three underscores") as refusal:
        read_template(typed)
    assert refusal.value.field == "text"
