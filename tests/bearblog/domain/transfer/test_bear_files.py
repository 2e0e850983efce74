"""Bear's own files: the CSV with its sixteen columns, and the zip of Markdown files."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post
from bearblog.domain.transfer import bear_table, front_matter
from bearblog.domain.transfer.entries import bear_csv, markdown_files
from bearblog.domain.transfer.errors import TransferError
from tests.bearblog.domain.transfer.archives import brought_in, packed

HEADER = ",".join(bear_table.COLUMNS)
ROW = (
    'AbcDefGhiJklMnoPqrSt,"Hello, *you*",hello,2019/old,2021-05-06T07:08:09+02:00,"[""a"", ""b c""]",True,'
    'False,False,"First line\nsecond ""line""",https://example.org/x,About,,de,wide,2021-05-06T05:08:09+00:00\r\n'
)
MARKDOWN = """---
title: Hello: you # there
slug: hello
alias: 2019/old
published_date: 2021-05-06T05:08:09+00:00
tags: a, b c
publish: true
make_discoverable: false
is_page: true
lang: de
---

First --- line

---
end"""


def as_csv(*rows: str) -> bytes:
    return f"\ufeff{HEADER}\r\n{''.join(rows)}".encode()


def test_a_row_of_bears_csv_becomes_a_post(blog: Blog, tmp_path: Path) -> None:
    report = brought_in(blog, as_csv(ROW), tmp_path)
    post = blog.posts.get()
    assert (report.kind, report.posts, report.problems) == ("Bear's CSV file", 1, [])
    assert (post.title, post.slug, post.text) == ("Hello, *you*", "hello", 'First line\nsecond "line"')
    assert post.published_at == datetime(2021, 5, 6, 5, 8, 9, tzinfo=UTC)
    assert [tag.name for tag in post.tags.all()] == ["a", "b c"]
    assert (post.aliases.get().slug, post.aliases.get().is_typed) == ("2019/old", True)
    assert (post.is_published, post.is_discoverable, post.language, post.class_name) == (
        True,
        False,
        "de",
        "wide",
    )
    assert post.author == blog.owner
    assert blog.revisions.count() == 1


def test_the_same_csv_again_brings_nothing(blog: Blog, tmp_path: Path) -> None:
    brought_in(blog, as_csv(ROW), tmp_path)
    report = brought_in(blog, as_csv(ROW), tmp_path)
    assert (report.posts, report.known, blog.posts.count()) == (0, 1, 1)


def test_bears_markdown_is_read_as_it_comes(blog: Blog, tmp_path: Path) -> None:
    report = brought_in(blog, packed({"hello.md": MARKDOWN, "__MACOSX/._hello.md": "junk"}), tmp_path)
    post = blog.posts.get()
    assert (report.kind, report.problems) == ("Markdown files", [])
    assert (post.title, post.slug, post.is_page) == ("Hello: you # there", "hello", True)
    assert post.text == "First --- line\n\n---\nend"
    assert [tag.name for tag in post.tags.all()] == ["a", "b c"]


def test_markdown_without_lines_above_becomes_a_draft_named_after_its_file(
    blog: Blog, tmp_path: Path
) -> None:
    brought_in(blog, packed({"notes/My walk.md": "Just words"}), tmp_path)
    post = blog.posts.get()
    assert (post.title, post.slug, post.text, post.is_published) == (
        "My walk",
        "my-walk",
        "Just words",
        False,
    )


@pytest.mark.parametrize("date", ["", "soon", "2021-13-45", "0003-01-01"])
def test_a_date_that_cannot_be_read_publishes_nothing(blog: Blog, tmp_path: Path, date: str) -> None:
    row = ROW.replace("2021-05-06T07:08:09+02:00", date).replace("2021-05-06T05:08:09+00:00", "")
    report = brought_in(blog, as_csv(row), tmp_path)
    assert not blog.posts.get().is_published
    assert "becomes a draft" in " ".join(report.problems)


def test_taken_addresses_are_numbered_and_said(blog: Blog, tmp_path: Path) -> None:
    create_post(blog=blog, title="Here first", text="", slug="hello")
    create_post(blog=blog, title="Here too", text="", slug="2019/old")
    other = ROW.replace("AbcDefGhiJklMnoPqrSt", "TsrQponMlkJihGfeDcbA")
    report = brought_in(blog, as_csv(ROW, other), tmp_path)
    assert set(blog.posts.values_list("slug", flat=True)) == {"hello", "2019/old", "hello-2", "hello-3"}
    said = "\n".join(report.problems)
    assert "/hello/ is taken, so it stands at /hello-2/" in said
    assert "/2019/old/ leads elsewhere already" in said


def test_an_address_of_the_sites_own_is_given_another(blog: Blog, tmp_path: Path) -> None:
    brought_in(blog, as_csv(ROW.replace(",hello,", ",feed,")), tmp_path)
    assert blog.posts.get().slug == "feed-2"


def test_what_is_wrong_in_a_row_is_said_with_its_line_and_the_rest_comes(blog: Blog, tmp_path: Path) -> None:
    bad = (
        ROW.replace("Qrst", "x")
        .replace(",de,", ",no language,")
        .replace("https://example.org/x", "javascript:x")
    )
    report = brought_in(blog, as_csv(bad), tmp_path)
    assert len(report.problems) == 2
    assert report.problems[0].startswith("line 3, “Hello, *you*”: canonical_url:")
    assert blog.posts.get().language == ""


def test_formulas_are_defused_and_come_back(blog: Blog, tmp_path: Path) -> None:
    for title in ("=1+1", "+x", "-x", "@x", "'quoted", "'=x"):
        create_post(blog=blog, title=title, text=f"{title}\n\ttext")
    text = "".join(bear_csv(blog))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert text.startswith(f"\ufeff{HEADER}\r\n")
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row.values())
    before = set(blog.posts.values_list("title", "text"))
    Post.objects.filter(blog=blog).delete()
    brought_in(blog, text.encode(), tmp_path)
    assert set(blog.posts.values_list("title", "text")) == before


def test_our_lines_above_a_text_are_yaml(blog: Blog) -> None:
    post = create_post(blog=blog, title='a: "b" # c \\ 日本 \u2028x', text="t", tags=["yes", "- no"])
    ((_, (content,)),) = [(name, tuple(pieces)) for name, pieces in markdown_files(blog)]
    above = yaml.safe_load(content.split("---\n")[1])
    assert above["title"] == post.title
    assert above["tags"] == ["yes", "- no"]
    assert above["publish"] is False
    assert front_matter.read(content, is_ours=True).values["title"] == post.title


def test_posts_whose_file_names_would_clash_are_numbered(blog: Blog) -> None:
    create_post(blog=blog, title="One", text="", slug="a/b")
    create_post(blog=blog, title="Two", text="", slug="a_b")
    assert [name for name, _ in markdown_files(blog)] == ["posts/a_b.md", "posts/a_b-2.md"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"name,e-mail\r\nx,y\r\n", "no columns “title” and “content”"),
        (b"", "no columns"),
        (f"{HEADER}\r\n".encode() + b"\xff\xfe", "not written in UTF-8"),
        (b"GIF89a", "no columns"),
    ],
)
def test_what_is_no_such_file_is_refused(blog: Blog, tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(TransferError, match=words):
        brought_in(blog, content, tmp_path)


def test_a_header_without_an_end_is_said_with_its_file(blog: Blog, tmp_path: Path) -> None:
    report = brought_in(blog, packed({"a.md": "---\ntitle: x", "b.md": "fine"}), tmp_path)
    assert report.problems[0].startswith("a.md: The lines above the text begin with ---")
    assert blog.posts.count() == 1


def test_tags_of_a_cell_that_is_no_json_are_read_as_a_list(blog: Blog, tmp_path: Path) -> None:
    brought_in(blog, as_csv(ROW.replace('"[""a"", ""b c""]"', '"x, y"')), tmp_path)
    assert json.dumps([tag.name for tag in blog.posts.get().tags.all()]) == '["x", "y"]'


def test_a_post_goes_before_an_old_path_of_another(blog: Blog, tmp_path: Path) -> None:
    second = ROW.replace("AbcDef", "Second").replace(",hello,2019/old,", ",2019/old,,")
    brought_in(blog, as_csv(ROW, second), tmp_path)
    assert set(blog.posts.values_list("slug", flat=True)) == {"hello", "2019/old"}
    assert not blog.aliases.exists()
