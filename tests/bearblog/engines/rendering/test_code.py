"""Source code with colours that can be read, light and dark."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearblog.engines.rendering import code, markdown


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("background", "colours"),
    [
        (code.LIGHT_BACKGROUND, (code.LIGHT_TEXT, *code.LIGHT_COLOURS)),
        (code.DARK_BACKGROUND, (code.DARK_TEXT, *code.DARK_COLOURS)),
    ],
)
def test_every_colour_can_be_read(background: str, colours: tuple[str, ...]) -> None:
    assert min(contrast(background, colour) for colour in colours) >= 4.5


def test_the_sheet_is_small_and_holds_every_colour_for_light_and_dark() -> None:
    light, dark = code.LIGHT_AND_DARK_CSS.split("@media(prefers-color-scheme:dark)")
    assert len(code.LIGHT_AND_DARK_CSS) < 3000
    assert all(colour in light for colour in code.LIGHT_COLOURS)
    assert all(colour in dark for colour in code.DARK_COLOURS)


def test_the_sheet_knows_every_class_that_is_written() -> None:
    styled = set(re.findall(r"\.highlight \.([a-z])\b", code.LIGHT_AND_DARK_CSS))
    assert {kind for kind in code._CLASSES.values() if kind} <= styled


def test_a_known_language_has_colours() -> None:
    markup = markdown.render('```py\ndef f(): return "x"  # y\n```')
    assert 'class="highlight"' in markup
    assert '<span class="k">def</span> <span class="f">f</span>' in markup
    assert '<span class="s">"x"</span>' in markup


@pytest.mark.parametrize(
    "text",
    [
        "```\na = 1\n```",
        "```nonsense\na = 1\n```",
        "```python\n" + "a = 1\n" * 2000 + "```",
        "```python\n" + "a" * 1001 + "\n```",
    ],
    ids=["none", "unknown", "long", "one long line"],
)
def test_other_code_is_plain(text: str) -> None:
    markup = markdown.render(text)
    assert 'class="highlight"' not in markup
    assert "<pre><code" in markup


@given(
    st.sampled_from(("c", "css", "diff", "html", "javascript", "json", "php", "python", "sql", "yaml")),
    st.text(alphabet="ab {}()<>\"'=;:/*#-+\\\n\t1&@$%", max_size=80),
)
@settings(max_examples=60, deadline=None)
def test_no_sign_of_the_code_is_lost(language: str, source: str) -> None:
    coloured = code.highlighted(source, language)
    assert coloured is not None
    assert html.unescape(re.sub("</?span[^>]*>", "", coloured)) == source
