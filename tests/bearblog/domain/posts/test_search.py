"""The search within a blog, in any script and for any query."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog, delete_blog
from bearblog.domain.posts import search as posts_search
from bearblog.domain.posts import services
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.search import rebuild, search, sweep


def write(blog: Blog, title: str, text: str = "", **more: str) -> Post:
    return services.create_post(blog=blog, title=title, text=text, status="published", slug="", **more)  # type: ignore[arg-type]


def found(blog: Blog, query: str) -> list[str]:
    return [hit.post.title for hit in search(blog, query).hits]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("honey", ["Honey", "Bees"]),
        ("HONEY jars", ["Bees"]),
        ("hon", ["Honey", "Bees"]),
        ("hon jars", []),
        ("jars hon", ["Bees"]),
        ('"jars of honey"', ["Bees"]),
        ('"honey of jars"', []),
        ("honey -bees", ["Honey"]),
        ('honey -"two jars"', ["Honey"]),
        ("cafe", ["Café"]),
        ("CAFÉ", ["Café"]),
        ("forest", ["Bees"]),
        ("nothing", []),
        ("-honey", []),
    ],
)
def test_words_are_found_as_they_are_asked_for(blog: Blog, query: str, titles: list[str]) -> None:
    write(
        blog,
        "Bees",
        "There were **two** jars of [honey](https://example.org/forests).",
        published_at="2020-01-01",
    )
    services.update_post(
        post=Post.objects.get(),
        title="Bees",
        text="There were **two** jars of [honey](https://example.org/wood).",
        status="published",
        tags=["forest"],
    )
    write(blog, "Honey", "Only the title has it.")
    write(blog, "Café")
    assert found(blog, query) == titles


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("我们今天去图书馆看书", "图书馆"),
        ("我们今天去图书馆看书", "书"),
        ("今日は図書館で本を読みました", "図書館"),
        ("プログラミングが好き", "グラミ"),
        ("학교에서 공부합니다", "학교"),
        ("학교에서 공부합니다", "부합"),
        ("ฉันชอบอ่านหนังสือที่ห้องสมุด", "หนังสือ"),
        ("iPhone手机很好", "手机"),
        ("iPhone手机很好", "iphone"),
        ("Привет, мир", "МИР"),
        ("كِتَابٌ جديد", "كتاب"),
        ("हिन्दी में लिखना", "हिन्दी"),
        ("Ξενοδοχείο στην Αθήνα", "αθηνα"),
        ("Tiếng Việt", "tieng viet"),
    ],
)
def test_every_script_is_found_and_marked(blog: Blog, text: str, query: str) -> None:
    write(blog, "T", f"Something before. {text} and after.")
    (hit,) = search(blog, query).hits
    assert "<mark>" in hit.snippet_html
    assert re.sub("</?mark>", "", hit.snippet_html) in (
        "Something before. " + text + " and after."
    ).translate({0x650: None, 0x64E: None, 0x64C: None})


def test_signs_that_do_not_stand_together_are_not_found(blog: Blog) -> None:
    write(blog, "T", "图书馆")
    assert found(blog, "图馆") == []


def test_the_words_are_marked_and_all_else_is_escaped(blog: Blog) -> None:
    write(blog, "<b>Honey</b>", "1 < 2 & honey\n\n<script>x</script> " + "word " * 200 + "`<honey>` end")
    (hit,) = search(blog, "honey").hits
    assert hit.title_html == "&lt;b&gt;<mark>Honey</mark>&lt;/b&gt;"
    assert hit.snippet_html.startswith("1 &lt; 2 &amp; <mark>honey</mark>")
    assert hit.snippet_html.endswith(" …")
    assert "<script" not in hit.snippet_html


def test_a_snippet_stands_around_the_word(blog: Blog) -> None:
    write(blog, "T", "word " * 500 + "needle " + "word " * 500)
    (hit,) = search(blog, "needle").hits
    assert "<mark>needle</mark>" in hit.snippet_html
    assert hit.snippet_html.startswith("… word")
    assert len(hit.snippet_html) < 300


def test_readers_find_only_what_they_can_see_on_this_blog(blog: Blog, bob: User) -> None:
    other = create_blog(owner=bob, title="T", subdomain="bob")
    write(other, "Honey elsewhere")
    services.create_post(blog=blog, title="Honey draft", text="")
    write(blog, "Honey later", published_at="2990-01-01")
    services.create_post(blog=blog, title="Honey page", text="", status="published", is_page=True)
    assert found(blog, "honey") == ["Honey page"]


def test_the_index_follows_what_is_changed_and_deleted(blog: Blog) -> None:
    post = write(blog, "Honey")
    services.update_post(post=post, title="Wax", text="", status="published")
    assert (found(blog, "honey"), found(blog, "wax")) == ([], ["Wax"])
    services.delete_post(post=post)
    assert found(blog, "wax") == []


def test_pages_of_what_was_found(blog: Blog) -> None:
    for number in range(5):
        write(blog, f"Honey {number}")
    pages = [search(blog, "honey", limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert [page.total for page in pages] == [5] * 4
    assert [len(page.hits) for page in pages] == [2, 2, 1, 0]
    assert len({hit.post.pk for page in pages for hit in page.hits}) == 5


def test_of_very_many_posts_the_titles_come_first_then_the_newest(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posts_search, "MOST_WEIGHED", 2)
    for year in (2021, 2023, 2022):
        write(blog, f"In {year}", "honey", published_at=f"{year}-01-01")
    write(blog, "Honey", published_at="2020-01-01")
    assert found(blog, "honey") == ["Honey", "In 2023", "In 2022", "In 2021"]
    assert search(blog, "honey", limit=2, offset=1).total == 4


def test_the_index_is_made_anew_and_swept(blog: Blog, bob: User) -> None:
    write(blog, "Honey", "words")
    other = create_blog(owner=bob, title="T", subdomain="bob")
    write(other, "Gone")
    delete_blog(blog=other)
    assert sweep() == 1
    assert rebuild() == 1
    assert found(blog, "words") == ["Honey"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        '"',
        '"""',
        "* OR NOT (",
        "a AND",
        "title:honey",
        "-",
        "- -",
        "{title} : x",
        "NEAR(a b)",
        "^a + b*",
        "\0honey\0",
        "a" * 10_000,
        '" ' * 5_000,
        "\ud7ff\u200b\u0301",
        "'; DROP TABLE posts_search; --",
        "🐻",
        "%s %(x)s",
    ],
)
def test_a_weird_query_is_answered(blog: Blog, query: str) -> None:
    write(blog, "Honey", "a b x OR NOT near title")
    assert search(blog, query).total in (0, 1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.text(alphabet=st.one_of(st.sampled_from('"-*():^{}+ aé字ก\u0301\u200b'), st.characters()), max_size=40)
)
def test_any_query_is_answered_with_safe_html(blog: Blog, query: str) -> None:
    if not Post.objects.exists():
        write(blog, "aé字ก <i>", 'a é "字" ก <b> & a-a')
    for hit in search(blog, query).hits:
        bare = re.sub("</?mark>", "", hit.title_html + hit.snippet_html)
        assert "<" not in bare
        assert ">" not in bare
