"""Directives: read forgivingly, replaced where they stand, and HTML stays valid around them."""

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from bearblog.engines.rendering import kept, markdown
from bearblog.engines.rendering.directives import Directive, Placeholders, Replacement, is_true, keep_typed
from tests.bearblog.engines.rendering.inspection import dangers

REPLACEMENTS = {
    "posts": Replacement("<ul><li>P</li></ul>", is_block=True, plain="posts"),
    "post-title": Replacement("A &amp; B", plain="A & B"),
    "post-link": Replacement("https://x.org/a b", plain="https://x.org/a b"),
    "next-post": Replacement('<a href="/next/">Next</a>', plain="Next"),
    "nothing": Replacement(""),
}


def rendered(text: str, *, trusted: bool = False) -> str:
    return markdown.render(text, resolve=lambda directive: REPLACEMENTS.get(directive.name), trusted=trusted)


def read(typed: str) -> Directive | None:
    found: list[Directive] = []

    def resolve(directive: Directive) -> Replacement | None:
        found.append(directive)
        return None

    markdown.render(typed, resolve=resolve)
    return found[0] if found else None


@pytest.mark.parametrize(
    "typed",
    [
        "{{ email-signup }}",
        "{{email_signup}}",
        "{{  Email Signup}}",
        "{{ EMAIL-SIGNUP | }}",
        "{{\nemail-signup\n}}",
    ],
)
def test_spelling_is_forgiven(typed: str) -> None:
    assert read(typed) == Directive("email-signup", (), typed)


def test_arguments_are_read_in_order() -> None:
    typed = "{{ posts|Tag: a, -b c |LIMIT:5| content }}"
    assert read(typed) == Directive("posts", (("tag", "a, -b c"), ("limit", "5"), ("content", "")), typed)


@pytest.mark.parametrize(
    "typed", ["{ posts }", "{{ }}", "{{ posts", "{{ 1 }}", "{{ a\n\nb }}", "\\{{ posts }}"]
)
def test_other_braces_are_no_directive(typed: str) -> None:
    assert read(typed) is None


def test_booleans_are_read_in_any_case() -> None:
    assert all(map(is_true, ("True", "TRUE", "yes", "on", " 1 ", "", "'true'")))
    assert not any(map(is_true, ("False", "no", "0", "maybe")))


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("a {{ post_title }} b", "<p>a A &amp; B b</p>\n"),
        ("{{ unknown | a: <b> & c }}", "<p>{{ unknown | a: &lt;b&gt; &amp; c }}</p>\n"),
        ("{{ unknown }}", "<p>{{ unknown }}</p>\n"),
        ("**{{ post_title }}**", "<p><strong>A &amp; B</strong></p>\n"),
        ("{{ nothing }}", "\n"),
        ("a {{ nothing }}", "<p>a </p>\n"),
        ("`{{ posts }}`", "<p><code>{{ posts }}</code></p>\n"),
        ("```\n{{ posts }}\n```", "<pre><code>{{ posts }}\n</code></pre>\n"),
        ("<pre>\n{{ posts }}</pre>", "<pre>{{ posts }}</pre>"),
        ("<code>{{ posts }}</code>", "<p><code>{{ posts }}</code></p>\n"),
        ("a <!-- {{ posts }} --> b", "<p>a  b</p>\n"),
        ("$a$ {{ posts | a: $ }} $", None),
    ],
)
def test_a_directive_is_replaced_in_words_and_left_in_code(text: str, markup: str | None) -> None:
    made = rendered(text)
    assert dangers(made) == []
    assert markup is None or made == markup


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("{{ posts }}", "<ul><li>P</li></ul>\n"),
        ("{{ posts }}\n{{ posts }}", "<ul><li>P</li></ul>\n<ul><li>P</li></ul>\n"),
        ("a {{ posts }} b", "<p>a </p><ul><li>P</li></ul><p> b</p>\n"),
        ("*a {{ posts }} b*", "<p><em>a </em></p><ul><li>P</li></ul><p><em> b</em></p>\n"),
        ("- {{ posts }}", "<ul>\n<li><ul><li>P</li></ul></li>\n</ul>\n"),
        ("# a {{ posts }}", '<h1 id="a-posts">a </h1><ul><li>P</li></ul>\n'),
        ("> {{ posts }}", "<blockquote>\n<ul><li>P</li></ul>\n</blockquote>\n"),
        ('<div class="x">{{ posts }}</div>', '<div class="x"><ul><li>P</li></ul></div>'),
        ("[a {{ posts }}](/b)", '<p><a href="/b">a </a></p><ul><li>P</li></ul>\n'),
    ],
)
def test_a_block_is_never_inside_a_paragraph(text: str, markup: str) -> None:
    assert rendered(text) == markup


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("[a]({{post_link}})", '<a href="https://x.org/a%20b">a</a>'),
        ("[a]({{ post_link }})", '<a href="https://x.org/a%20b">a</a>'),
        ('<a href="{{ post_link }}" title="{{ post_title }}">a</a>', 'title="A &amp; B"'),
        ("![{{ post_title }}](/a.png)", 'alt="A &amp; B"'),
        ("[{{ next_post }}](/a)", '<a href="/a">Next</a>'),
        ("# {{ post_title }}\n\n.. toc::", '<a href="#a-b">A &amp; B</a>'),
    ],
)
def test_plain_words_stand_in_attributes_and_links(text: str, markup: str) -> None:
    assert markup in rendered(text)


def test_an_argument_may_hold_signs_of_markdown_and_of_tables() -> None:
    assert "<td><ul><li>P</li></ul></td>" in rendered("|a|\n|-|\n|{{ posts | tag: *a* | limit: 1 }}|")


def words_of(text: str) -> str:
    """The text as it goes into Markdown, with a word in the place of each directive."""
    return Placeholders(keep_typed, kept.name_of(text, trusted=False)).hide(text)


def test_the_words_in_the_places_of_directives_are_the_same_each_time() -> None:
    assert words_of("{{ a }} {{ b }} {{ a }}") == words_of("{{ a }} {{ b }} {{ a }}")
    first, second, again = words_of("{{ a }} {{ b }} {{ a }}").split()
    assert first == again != second


def test_a_placeholder_cannot_be_faked() -> None:
    placed = words_of("{{ a }}")
    markup = rendered(f"{placed} 1{'0' * 20}x0z {{{{ post_title }}}}")
    assert markup == f"<p>{placed} 1{'0' * 20}x0z A &amp; B</p>\n"


@given(
    st.text(max_size=50), st.sampled_from(["{} ", "# {}\n\n", "[{}](/{}/) ", "<b title='{}'>x</b> ", "`{}` "])
)
def test_whoever_learns_the_words_of_a_text_can_use_them_in_no_text(rest: str, place: str) -> None:
    text = f"{{{{ post_title }}}} {rest}"
    learned = words_of(text).partition(" ")[0]
    forged = f"{place.replace('{}', learned)}{text}"
    assert words_of(forged).count(learned) == place.count("{}")
    assert rendered(forged).count("A &amp; B") == 1


def test_the_words_of_a_text_are_others_on_another_box(monkeypatch: pytest.MonkeyPatch) -> None:
    here = words_of("{{ a }}")
    monkeypatch.setattr(settings, "SECRET_KEY", "another secret")
    assert words_of("{{ a }}") != here


def test_a_word_that_stands_for_no_directive_stays() -> None:
    placeholders = Placeholders(keep_typed, "a" * 20)
    placed = placeholders.hide("{{ a }}")
    beyond = f"1{'a' * 20}x1z"
    assert placeholders.is_placeholder(placed)
    assert not placeholders.is_placeholder(beyond)
    assert placeholders.restore(f"{placed} {beyond}") == f"{{{{ a }}}} {beyond}"


def test_each_directive_is_asked_for_once() -> None:
    asked: list[str] = []

    def resolve(directive: Directive) -> Replacement | None:
        asked.append(directive.name)
        return Replacement("x", plain="x")

    markdown.render("# {{ a }}\n\n{{ a }} {{ a }} `{{ b }}`", resolve=resolve)
    assert asked == ["a"]


def test_a_text_asks_only_so_often_and_takes_in_only_so_much() -> None:
    asked: list[Directive] = []

    def resolve(directive: Directive) -> Replacement | None:
        asked.append(directive)
        return Replacement("x" * 100_000)

    markup = markdown.render("{{ a }} " * 1000, resolve=resolve)
    assert len(markup) < 6_000_000
    assert markup.endswith("{{ a }} </p>\n") or markup.endswith("{{ a }}</p>\n")
    asked.clear()
    markdown.render(" ".join(f"{{{{ a | limit: {number} }}}}" for number in range(1000)), resolve=resolve)
    assert len(asked) <= 200


def test_a_trusted_text_keeps_directives_in_scripts_as_typed() -> None:
    text = "<script>x = '{{ post_title }}'</script><b onclick=\"{{ post_title }}\">{{ post_title }}</b>"
    markup = rendered(text, trusted=True)
    assert "<script>x = '{{ post_title }}'</script>" in markup
    assert '<b onclick="{{ post_title }}">A &amp; B</b>' in markup
