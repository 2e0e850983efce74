"""The texts of a blog itself, and what was there before."""

import pytest

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import texts
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.writing import revisions_of


def test_the_home_page_is_saved_and_kept(blog: Blog, alice: User) -> None:
    before = blog.home_updated_at
    texts.save_home(blog=blog, by=alice, header="title: Bees\nfavicon: 🐝", text="Hum\r\n")
    blog.refresh_from_db()
    assert (blog.title, blog.favicon, blog.home_text) == ("Bees", "🐝", "Hum\n")
    assert blog.home_updated_at > before
    [kept] = revisions_of(blog, texts.HOME)
    assert (kept.header, kept.text, kept.saved_by) == ("title: Bees\nfavicon: 🐝", "Hum\n", alice)


def test_what_the_blog_was_born_with_is_kept_too(blog: Blog, alice: User) -> None:
    texts.save_nav(blog=blog, by=alice, text="[Home](/)")
    assert [kept.text for kept in revisions_of(blog, texts.NAV)] == ["[Home](/)", "[Home](/) [Posts](/blog/)"]


def test_footer_and_template_are_saved(blog: Blog, alice: User) -> None:
    texts.save_footer(blog=blog, by=alice, text="*Bye*")
    texts.save_template(blog=blog, by=alice, text="tags: bees\n___\nDear reader,")
    blog.refresh_from_db()
    assert (blog.footer_text, blog.post_template) == ("*Bye*", "tags: bees\n___\nDear reader,")
    texts.save_template(blog=blog, by=alice, text="")
    assert blog.post_template == ""


def test_a_bad_header_saves_nothing(blog: Blog, alice: User) -> None:
    with pytest.raises(BlogError, match="neither an emoji"):
        texts.save_home(blog=blog, by=alice, header="title: New\nfavicon: true", text="Hum")
    blog.refresh_from_db()
    assert (blog.title, blog.home_text) == ("Alice's notes", "")
    assert not revisions_of(blog, texts.HOME)


@pytest.mark.parametrize("text", ["tags: bees\n__\nDear reader,", "Dear reader,"])
def test_a_template_without_its_line_is_refused(blog: Blog, alice: User, text: str) -> None:
    with pytest.raises(BlogError, match="three underscores"):
        texts.save_template(blog=blog, by=alice, text=text)


def test_a_text_that_is_too_long_is_refused(blog: Blog, alice: User) -> None:
    for save in (texts.save_nav, texts.save_footer, texts.save_template):
        with pytest.raises(BlogError, match="at most 20,000") as refusal:
            save(blog=blog, by=alice, text="a" * 20_001)
        assert refusal.value.field == "text"
