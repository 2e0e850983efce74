"""Language codes, matched with those that are known."""

import pytest

from bearblog.lib.languages import is_right_to_left, nearest

KNOWN = ("de", "en", "nb", "pt", "pt-br", "zh-hans", "zh-hant")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("de", "de"),
        ("DE", "de"),
        ("de-AT", "de"),
        ("pt", "pt"),
        ("pt-PT", "pt"),
        ("pt-BR", "pt-br"),
        ("pt_BR", "pt-br"),
        ("zh", "zh-hans"),
        ("zh-CN", "zh-hans"),
        ("zh-Hans-CN", "zh-hans"),
        ("zh-TW", "zh-hant"),
        ("zh-Hant-HK", "zh-hant"),
        ("no", "nb"),
        ("en-GB", "en"),
        ("tlh", "en"),
        ("", "en"),
    ],
)
def test_the_nearest_known_language_is_found(code: str, expected: str) -> None:
    assert nearest(code, KNOWN) == expected


def test_a_language_of_ones_own_may_stand_in() -> None:
    assert nearest("tlh", KNOWN, otherwise="de") == "de"


@pytest.mark.parametrize("code", ["ar", "he", "fa-IR", "ur", "yi", "uz-Arab", "AR-eg"])
def test_some_languages_run_from_right_to_left(code: str) -> None:
    assert is_right_to_left(code)


@pytest.mark.parametrize("code", ["en", "de", "zh-Hans", "ar-Latn", "ks-Deva", ""])
def test_others_run_from_left_to_right(code: str) -> None:
    assert not is_right_to_left(code)
