"""The examples of the CommonMark spec, and each place where ours is not what the spec says."""

import json
import re
from pathlib import Path

import pytest

from bearblog.engines.rendering import machine
from bearblog.engines.rendering.directives import Placeholders, keep_typed

EXAMPLES = json.loads((Path(__file__).parent / "commonmark_examples.json").read_text(encoding="utf-8"))[
    "examples"
]
# Numbers of examples, and why ours differs. The anchor that every heading has is taken off before comparing.
DEVIATIONS = {
    "Indented text is a paragraph, not code: texts from Bear rely on it, and poems need it.": (
        *(1, 2, 3, 5, 6, 7, 8, 18, 36, 48, 69, 85, 100, 107, 110, 111, 112, 114, 115, 116, 117, 118, 134),
        *(211, 225, 231, 236, 252, 253, 254, 257, 264, 270, 271, 272, 273, 274, 278, 286, 287, 288, 289, 290),
        *(309, 313),
    ),
    "HTML may be indented as deep as one likes, since nothing indented is code.": (183, 184, 191),
    "Code in a known language has colours.": (142, 143),
    "A picture with a title that stands alone is a figure with a caption.": (
        *(572, 573, 576, 577, 584, 585, 586, 588, 589, 591),
    ),
    "Bare addresses are links.": (602, 608, 611, 612),
    "An empty quote is written without a line end in it, which no browser shows.": (218, 239, 240),
}
DEVIATING = {number for numbers in DEVIATIONS.values() for number in numbers}


def converted(text: str) -> str:
    markup = machine.convert(text, Placeholders(keep_typed, ""))
    return re.sub(r'(<h[1-6]) id="[^"]*"', r"\1", markup)


def html_of(example: dict[str, str]) -> str:
    # The spec writes empty elements as XHTML does.
    return example["html"].replace(" />", ">")


@pytest.mark.parametrize("section", sorted({example["section"] for example in EXAMPLES}))
def test_the_examples_of_the_spec_come_out_as_it_says(section: str) -> None:
    for example in EXAMPLES:
        if example["section"] == section and example["number"] not in DEVIATING:
            assert converted(example["markdown"]).replace(" />", ">") == html_of(example), example["number"]


def test_every_listed_deviation_is_one() -> None:
    for example in EXAMPLES:
        if example["number"] in DEVIATING:
            assert converted(example["markdown"]).replace(" />", ">") != html_of(example), example["number"]


def test_nearly_all_examples_are_followed() -> None:
    assert len(EXAMPLES) == 652
    assert len(DEVIATING) < 0.1 * len(EXAMPLES) + 3
