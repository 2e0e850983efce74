"""Rendered texts are kept, and never the directives, pictures and words that change without them."""

from pathlib import Path

import pytest
from django.core.cache import caches
from django.utils import translation

from bearblog.engines.rendering import kept, markdown
from bearblog.engines.rendering.directives import Directive, Replacement, Resolver
from bearblog.engines.rendering.pictures import Picture, no_picture

LONG = "Some words of *a* text. " * 10
VECTORS = (Path(__file__).parent / "attack_vectors.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    caches["rendered"].clear()


def kept_html(text: str, *, trusted: bool = False) -> str | None:
    return kept.read(kept.name_of(text, trusted=trusted))


def render(text: str, *, resolve: Resolver = lambda directive: None, trusted: bool = False) -> str:
    return markdown.render(text, resolve=resolve, trusted=trusted, is_kept=True)


def saying(words: str) -> Resolver:
    def resolve(directive: Directive) -> Replacement | None:
        return Replacement(f"<i>{words}</i>", plain=words)

    return resolve


def test_a_text_is_rendered_once() -> None:
    first = render(LONG)
    assert kept_html(LONG) == first
    kept.keep(kept.name_of(LONG, trusted=False), "<p>As kept.</p>")
    assert render(LONG) == "<p>As kept.</p>"


def test_what_was_kept_reads_as_if_it_were_new() -> None:
    for vector in VECTORS:
        text = f"{{{{ a }}}} [{{{{ a }}}}](/{{{{ b }}}}/) ![](/c.png) {vector} {LONG}"
        new = markdown.render(text, resolve=saying("x"))
        assert render(text, resolve=saying("x")) == new
        assert kept_html(text) is not None
        assert render(text, resolve=saying("x")) == new


def test_directives_are_as_they_are_now() -> None:
    text = f"{{{{ a }}}} [words](/{{{{ a }}}}/) {LONG}"
    assert '<i>before</i> <a href="/before/">' in render(text, resolve=saying("before"))
    assert '<i>after</i> <a href="/after/">' in render(text, resolve=saying("after"))
    assert '{{ a }} <a href="/%7B%7B%20a%20%7D%7D/">' in render(text)


def test_pictures_are_as_they_are_now() -> None:
    text = f"![](/a.png) {LONG}"
    assert "width" not in markdown.render(text, find_picture=no_picture, is_kept=True)
    known = Picture(30, 20, (("/a.png", 30),))
    assert 'width="30"' in markdown.render(text, find_picture=lambda source: known, is_kept=True)


def test_an_anchor_that_a_directive_names_is_as_it_is_now() -> None:
    text = f"# {{{{ a }}}}\n\n{LONG}"
    assert 'id="before"' in render(text, resolve=saying("before"))
    assert kept_html(text) is None
    assert 'id="after"' in render(text, resolve=saying("after"))


def test_each_language_has_its_own_words() -> None:
    text = f"> [!NOTE]\n> {LONG}"
    english = render(text)
    with translation.override("de"):
        german = render(text)
        assert german != english
        assert render(text) == german
    assert render(text) == english


def test_scripts_stay_with_those_who_are_trusted() -> None:
    text = f"<script>x()</script>\n\n{LONG}"
    for _ in range(2):
        assert "<script>" in render(text, trusted=True)
        assert "<script" not in render(text)


def test_another_release_starts_with_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    render(LONG)
    monkeypatch.setattr(kept, "RECIPE", "another")
    assert kept_html(LONG) is None


def test_what_is_no_work_is_not_kept() -> None:
    render("A few words.")
    assert kept_html("A few words.") is None


def test_nothing_is_kept_unless_it_is_asked_for() -> None:
    markdown.render(LONG)
    assert kept_html(LONG) is None
    kept.keep(kept.name_of(LONG, trusted=False), "<p>As kept.</p>")
    assert "As kept" not in markdown.render(LONG)
