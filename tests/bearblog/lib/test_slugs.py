"""Slugs in any script."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearblog.lib import slugs


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Hello, World!", "hello-world"),
        ("Don't panic", "dont-panic"),
        ("Über Straßen", "über-straßen"),
        ("中文 标题", "中文-标题"),
        ("نص عربي", "نص-عربي"),
        ("हिन्दी में", "हिन्दी-में"),
        ("สวัสดี ครับ", "สวัสดี-ครับ"),
        ("ΑΘΗΝΑ 2026", "αθηνα-2026"),
        ("Cafe\u0301", "caf\u00e9"),
        ("  --a__b//c.. ", "a-b-c"),
        ("!!! ???", ""),
        ("🐻", ""),
        ("", ""),
        ("\u0301x", "x"),
    ],
)
def test_a_slug_keeps_the_letters_and_digits_of_every_script(title: str, slug: str) -> None:
    assert slugs.make_slug(title) == slug


@given(st.text())
def test_a_slug_is_normal_short_and_stays_itself(title: str) -> None:
    slug = slugs.make_slug(title)
    assert len(slug.encode()) <= slugs.MAX_BYTES
    assert slug == unicodedata.normalize("NFC", slug)
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert not set(slug) & set("/.?#% \n\0")
    assert slugs.make_slug(slug) == slug


@pytest.mark.parametrize("letter", ["a", "é", "字", "𐐨", "हि"])
def test_a_long_title_is_cut_to_whole_letters(letter: str) -> None:
    slug = slugs.make_slug(letter * 300)
    assert slugs.MAX_BYTES - 8 < len(slug.encode()) <= slugs.MAX_BYTES
    assert set(slug) <= set(letter)
    assert not slug or unicodedata.category(slug[0])[0] == "L"


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/2019/05/Old Post/", "2019/05/old-post"),
        ("a--b_c/_d-", "a--b_c/_d-"),
        ("//x///y//", "x/y"),
        ("v1.2/read.me", "v1-2/read-me"),
        ("标题/二", "标题/二"),
        ("Don't", "dont"),
        ("true", "true"),
        (" / ", ""),
        ("...", ""),
    ],
)
def test_a_path_keeps_its_slashes_hyphens_and_underscores(typed: str, path: str) -> None:
    assert slugs.make_path(typed) == path


@given(st.text(alphabet=st.one_of(st.sampled_from("/-_. \u200d\u0301aéß字"), st.characters())))
def test_a_path_is_normal_short_without_empty_parts_and_stays_itself(typed: str) -> None:
    path = slugs.make_path(typed)
    assert len(path.encode()) <= slugs.MAX_BYTES
    assert path == slugs.normal(path)
    assert not path or all(path.split("/"))
    assert not set(path) & set(".?#% \n\0")
    assert slugs.make_path(path) == path


@given(st.text(), st.integers(2, 99_999))
def test_a_numbered_slug_is_not_longer_than_another(typed: str, number: int) -> None:
    numbered = slugs.number(slugs.make_path(typed), number)
    assert len(numbered.encode()) <= slugs.MAX_BYTES
    assert numbered.endswith(f"-{number}")


def test_a_class_name_keeps_its_underscores() -> None:
    assert slugs.make_name("My_Class wide/er") == "my_class-wide-er"
