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
