"""The translations of what readers see: whole, sound, and compiled as they are written."""

import gettext
import re
import struct

import pytest
from django.utils import translation

from bearblog.domain.blogs.dates import django_language
from tests.catalogues import LANGUAGES, po_path, read_po, words_for_readers

SHIPPED = ("ar", "de", "es", "fr", "ja", "ko", "pt", "pt_BR", "zh_Hans")
COUNTS = (0, 1, 2, 3, 5, 11, 21, 100, 101, 1_000_000)

in_every_language = pytest.mark.parametrize("language", SHIPPED)


def test_nine_languages_are_shipped() -> None:
    assert LANGUAGES == SHIPPED


@in_every_language
def test_every_word_a_reader_sees_is_translated(language: str) -> None:
    messages = read_po(po_path(language))
    assert sorted(words_for_readers() - messages.keys()) == []
    assert sorted(messages.keys() - words_for_readers() - {""}) == []
    assert [message for message, forms in messages.items() if not forms or not all(forms)] == []
    assert "fuzzy" not in po_path(language).read_text(encoding="utf-8")


@in_every_language
def test_a_translation_names_the_same_facts_and_ends_alike(language: str) -> None:
    for message, forms in read_po(po_path(language)).items():
        for form in forms if message else ():
            assert set(re.findall(r"%\(\w+\)[sd]", form)) == set(re.findall(r"%\(\w+\)[sd]", message)), form
            assert form == form.strip()
            # A heading stays a heading, a sentence a sentence; each script has its own full stop.
            assert form.endswith((".", "。", "؟", "？", "?", ":", "：")) == message.endswith(
                (".", "?", ":")
            ), form


@in_every_language
def test_there_are_as_many_forms_as_the_language_counts(language: str) -> None:
    messages = read_po(po_path(language))
    found = re.search(r"nplurals=(\d)", messages[""][0])
    assert found is not None
    assert len(messages["%(total)s result"]) == int(found[1])


@in_every_language
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    messages = read_po(po_path(language))
    compiled = po_path(language).with_suffix(".mo")
    with compiled.open("rb") as file:
        assert struct.unpack("<3I", file.read(12))[2] == len(messages)
        file.seek(0)
        catalogue = gettext.GNUTranslations(file)
    for message, forms in messages.items():
        if message and len(forms) == 1:
            assert catalogue.gettext(message) in (forms[0], message)
            assert (
                catalogue.ngettext(message, message, 5) == forms[0] or catalogue.gettext(message) == forms[0]
            )
    forms = messages["%(total)s result"]
    counted = {catalogue.ngettext("%(total)s result", "%(total)s results", count) for count in COUNTS}
    assert counted == set(forms)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", "No posts yet"),
        ("de-AT", "Noch keine Beiträge"),
        ("fr-CA", "Aucun article pour l’instant"),
        ("es-MX", "Aún no hay entradas"),
        ("pt", "Ainda não há artigos"),
        ("pt-BR", "Ainda não há posts"),
        ("ko-KR", "아직 글이 없습니다"),
        ("ja", "まだ記事がありません"),
        ("zh", "还没有文章"),
        ("zh-CN", "还没有文章"),
        ("zh-Hans-SG", "还没有文章"),
        ("ar-EG", "لا توجد تدوينات بعد"),
        ("nl", "No posts yet"),
        ("tlh", "No posts yet"),
    ],
)
def test_the_blogs_language_decides_in_any_spelling(code: str, expected: str) -> None:
    with translation.override(django_language(code)):
        assert translation.gettext("No posts yet") == expected
