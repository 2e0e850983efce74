"""LaTeX becomes MathML, and money stays money."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearblog.engines.rendering import formulas, markdown
from tests.bearblog.engines.rendering.inspection import dangers, is_what_browsers_read

PARTS = r"""
    \frac \sqrt \left( \right) \begin{matrix} \end{matrix} \text \color { } ^ _ & \\ a 1 < " + \sum
"""


def test_a_formula_becomes_mathml() -> None:
    markup = markdown.render(r"so $a^2 < \frac{b}{c}$ holds")
    assert "<msup><mi>a</mi><mn>2</mn></msup><mo>&lt;</mo><mfrac>" in markup
    assert '<math display="inline">' in markup


@pytest.mark.parametrize(
    "text", ["$$\na = b\n$$", "$$ a = b $$", "$$a\n= b$$", "words\n$$\na = b\n$$\nwords"]
)
def test_a_block_stands_alone(text: str) -> None:
    markup = markdown.render(text)
    assert (
        '<div class="math"><math display="block"><mrow><mi>a</mi><mo>=</mo><mi>b</mi></mrow></math></div>'
        in markup
    )
    assert dangers(markup) == []


def test_two_dollars_within_a_line_are_a_formula_too() -> None:
    assert "is <math" in markdown.render("it is $$x$$.")


@pytest.mark.parametrize(
    "text",
    [
        "from $5 to $10",
        "$5 and 10$ more",
        "US$5, CA$7",
        "$5/$10",
        "a $ b $ c",
        "5$ and 6$",
        "`$a$`",
        r"\$a\$",
        "$a",
        "$$\na",
        "a$b$c",
    ],
)
def test_money_and_code_are_no_formulas(text: str) -> None:
    assert "<math" not in markdown.render(text)


@pytest.mark.parametrize(
    "latex", [r"\frac{a", r"\nonsense x", "}", r"\left( x", r"\newcommand{\a}{b}", "x_" * 500]
)
def test_what_is_no_latex_is_shown_as_typed(latex: str) -> None:
    assert f"<p>a <code>${latex}$</code></p>" in markdown.render(f"a ${latex}$")
    assert f"<pre><code>$$\n{latex}\n$$</code></pre>" in markdown.render(f"$$\n{latex}\n$$")


def test_a_formula_brings_no_link_and_no_style() -> None:
    markup = markdown.render(r"$\href{javascript:alert(1)}{x}\style{color:red}{y}\class{z}{w}\text{<b>}$")
    assert "href" not in markup
    assert "style" not in markup
    assert "&lt;b&gt;" in markup


@given(st.lists(st.sampled_from(PARTS.split()), max_size=15).map(" ".join))
@settings(max_examples=100, deadline=None)
def test_any_latex_is_converted_or_refused(latex: str) -> None:
    made = formulas.mathml(latex, is_block=False)
    if made is not None:
        assert dangers(made) == []
        assert is_what_browsers_read(made)
