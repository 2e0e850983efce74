"""Nothing that runs comes through, whatever is typed and wherever; and all of it stays HTML."""

from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearblog.engines.rendering import inline, markdown
from bearblog.engines.rendering.directives import Directive, Replacement
from tests.bearblog.engines.rendering.inspection import dangers, is_what_browsers_read

VECTORS = [
    line.replace("⏎", "\n")
    for line in (Path(__file__).parent / "attack_vectors.txt").read_text(encoding="utf-8").splitlines()
]
PLACES = {
    "alone": "{}",
    "in a paragraph": "some words {} more words",
    "in a heading": "## {}",
    "in a list": "- {}\n- b",
    "in a quote": "> {}",
    "in a link": "[{}](https://example.org)",
    "as an address": "[x]({})",
    "as a picture's words": "![{}](/a.png)",
    "as a caption": '![x](/a.png "{}")',
    "in a table": "|a|\n|-|\n|{}|",
    "in a callout": ".. note:: {}\n   {}",
    "in a footnote": "a[^1]\n\n[^1]: {}",
    "in a formula": "${}$",
    "in code": "`{}`",
    "in a block of code": "```html\n{}\n```",
    "in an attribute": '<b title="{}">x</b>',
    "as an argument": "{{{{ posts | tag: {} }}}}",
}
PLAIN = {
    "hostile": "javascript:alert(1)",
    "tail": "script:alert(1)",
    "markup": '"><script>alert(1)</script>',
}


def resolve(directive: Directive) -> Replacement | None:
    if directive.name in PLAIN:
        plain = PLAIN[directive.name]
        return Replacement(escape(plain), is_block=False, plain=plain)
    if directive.name == "posts":
        words = " ".join(value for _, value in directive.arguments)
        return Replacement(f'<ul class="posts"><li>{escape(words)}</li></ul>', is_block=True, plain=words)
    if directive.name == "next-post":
        return Replacement('<a href="/next/">Next</a>', is_block=False, plain="Next")
    if directive.name == "nothing":
        return Replacement("")
    return None


def test_there_are_enough_vectors() -> None:
    assert len(set(VECTORS)) >= 150


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_no_vector_does_anything_in_a_text(place: str) -> None:
    for vector in VECTORS:
        text = place.replace("{{{{", "{{").replace("}}}}", "}}").replace("{}", vector)
        markup = markdown.render(text, resolve=resolve)
        assert dangers(markup) == [], (text, markup)
        assert is_what_browsers_read(markup), (text, markup)


def test_no_vector_does_anything_in_a_title() -> None:
    for vector in VECTORS:
        for title in (vector, f"*{vector}*", f"**a {vector}** &nbsp;", f"a **{vector}"):
            assert dangers(inline.title_html(title)) == [], title
            assert "<s" not in inline.title_html(title).replace("<strong>", "")


MARKUP_SIGNS = r"""
    * ** _ ` ``` ~~~ ~~ == ^ ~ $ $$ [ ] ( ) ![ ]( < > </ /> <b> </b> <p> </p> <a></a> <div> </div> <li> <td>
    <table> <pre> </pre> <math> <mi> <svg> <style> <script> </script> <!-- --> <iframe <img> " ' = &
    &amp; &lt; &#58; \ \n | |-| :-: # ## --- === - 1. + > .. note:: toc:: > [!TIP] - [x] [^1] [^1]: *[a]: :
    {{ }} {{posts}} {{next-post}} {{nothing}} {{hostile}} {{markup}} {{posts|tag:a}} javascript: onclick=
    src= href=
    https://x.org www.x.org a@x.org https://youtu.be/a tab:https://x.org \frac{a}{b} a b 字 é 1 (c) +-
"""
MARKUP = st.sampled_from(MARKUP_SIGNS.split() + [" ", "  ", "\n", "\n\n", "\n    ", "\t"])
TEXTS = st.lists(MARKUP, max_size=30).map("".join)


@given(TEXTS)
@settings(max_examples=250, deadline=None)
def test_any_text_gives_harmless_html_that_browsers_read_as_it_stands(text: str) -> None:
    markup = markdown.render(text, resolve=resolve)
    assert dangers(markup) == []
    assert is_what_browsers_read(markup)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_any_trusted_text_is_rendered_and_balanced(text: str) -> None:
    assert isinstance(markdown.render(text, trusted=True), str)


@given(st.text(alphabet="ab *&;<>\"'_x\u00a0", max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_title_gives_balanced_html(title: str) -> None:
    assert dangers(inline.title_html(title)) == []


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_words_without_markup_are_all_there(text: str) -> None:
    kept = [word for word in text.split() if word.isalnum()]
    markup = markdown.render(text)
    assert all(word in markup for word in kept)
