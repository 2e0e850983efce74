"""A blog's one style sheet, and the name it is cached under."""

import pytest
from pytest_django import Settings

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import styles, styling, themes
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.writing import revisions_of

MINE = "body { color: teal } /* mine */\n"
REMOTE = "a { background: url(https://example.org/x.png) }"


def test_a_blog_without_css_has_the_default_look() -> None:
    assert styles.stylesheet(Blog()).endswith(themes.default_css())


def test_the_authors_rules_come_last_and_win() -> None:
    sheet = styles.stylesheet(Blog(css=MINE))
    assert sheet.startswith(styles.BASE_CSS)
    assert sheet.endswith(f"\n{MINE}")
    assert ".highlight" in sheet
    assert themes.default_css() not in sheet


def test_what_every_blog_needs_is_small_and_never_outranks_the_author() -> None:
    assert len(styles.BASE_CSS.encode()) < 2_000
    screen, _, _ = styles.BASE_CSS.partition("@media print")
    ranked = [line for line in screen.splitlines() if not line.startswith((":where(", "/*"))]
    assert all(line.startswith((".align-", ".skip", ".upvote-thanks:target")) for line in ranked)
    assert "!important" not in screen


def test_paper_gets_the_words_only() -> None:
    printed = styles.BASE_CSS.partition("@media print")[2]
    assert "nav, form" in printed
    assert "attr(href)" in printed


def test_other_hosts_are_left_out_unless_the_author_allows_them() -> None:
    assert "example.org" not in styles.stylesheet(Blog(css=REMOTE))
    assert "example.org" in styles.stylesheet(Blog(css=REMOTE, allows_remote_styles=True))


def test_an_allowed_import_comes_before_everything_else() -> None:
    blog = Blog(css=f"@import 'https://example.org/x.css';\n{MINE}", allows_remote_styles=True)
    assert styles.stylesheet(blog).startswith("@import 'https://example.org/x.css';\n/*")


def test_the_name_changes_with_all_that_shapes_the_sheet() -> None:
    names = {
        styles.stylesheet_name(blog)
        for blog in (Blog(), Blog(css=MINE), Blog(css=REMOTE), Blog(css=REMOTE, allows_remote_styles=True))
    }
    assert len(names) == 4
    assert styles.stylesheet_name(Blog(css=MINE)) == styles.stylesheet_name(Blog(css=MINE))
    assert all(len(name) == 16 for name in names)


def test_other_css_may_be_tried_on() -> None:
    blog = Blog(css=MINE)
    assert styles.stylesheet(blog, "b { color: red }").endswith("b { color: red }")
    assert styles.stylesheet_name(blog, "b { color: red }") != styles.stylesheet_name(blog)


def test_warnings_say_what_readers_do_not_get() -> None:
    assert [warning.line_number for warning in styles.style_warnings(Blog(css=f"\n{REMOTE}"))] == [2]
    assert styles.style_warnings(Blog(css=MINE)) == ()


def test_css_is_kept_as_typed_even_where_readers_get_less(blog: Blog) -> None:
    styling.update_styles(blog=blog, css=REMOTE, by=blog.owner)
    blog.refresh_from_db()
    assert blog.css == REMOTE
    assert blog.allows_remote_styles is False


def test_every_save_is_kept(blog: Blog, alice: User) -> None:
    styling.update_styles(blog=blog, css=MINE, by=alice)
    styling.update_styles(blog=blog, css=REMOTE, by=alice, allows_remote=True)
    kept = revisions_of(blog, styling.SUBJECT)
    assert [revision.text for revision in kept] == [REMOTE, MINE, ""]
    assert [revision.saved_by for revision in kept] == [alice, alice, None]
    blog.refresh_from_db()
    assert blog.allows_remote_styles is True


def test_a_theme_becomes_the_authors_css_and_gives_back_what_it_replaced(blog: Blog, alice: User) -> None:
    styling.update_styles(blog=blog, css=MINE, by=alice)
    replaced = styling.apply_theme(blog=blog, theme="novel", by=alice)
    novel = themes.find_theme("novel")
    assert novel is not None
    blog.refresh_from_db()
    assert (blog.theme, blog.css) == ("novel", novel.css)
    assert replaced is not None
    assert replaced.text == MINE


def test_changes_leave_the_theme_its_name_and_an_empty_sheet_takes_it(blog: Blog, alice: User) -> None:
    styling.apply_theme(blog=blog, theme="novel", by=alice)
    styling.update_styles(blog=blog, css=f"{blog.css}a {{}}", by=alice)
    assert blog.theme == "novel"
    styling.update_styles(blog=blog, css=themes.default_css(), by=alice)
    assert blog.theme == themes.DEFAULT
    styling.update_styles(blog=blog, css="", by=alice)
    assert blog.theme == ""


def test_an_unknown_theme_is_refused(blog: Blog, alice: User) -> None:
    with pytest.raises(BlogError, match="no theme"):
        styling.apply_theme(blog=blog, theme="bauhaus", by=alice)


def test_too_much_css_is_refused(blog: Blog, alice: User, settings: Settings) -> None:
    with pytest.raises(BlogError, match="200,000") as refusal:
        styling.update_styles(blog=blog, css="é" * 100_001, by=alice)
    assert refusal.value.field == "css"
