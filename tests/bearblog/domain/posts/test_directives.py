"""What stands in the place of directives."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts import directives, services
from bearblog.domain.posts.directives import Scene, resolve
from bearblog.domain.posts.models import Post
from bearblog.engines.rendering.directives import Directive
from bearblog.engines.rendering.pictures import Picture


def html(scene: Scene, name: str, *arguments: tuple[str, str]) -> str | None:
    replacement = resolve(scene, Directive(name, arguments, "{{ typed }}"))
    return None if replacement is None else replacement.html


@pytest.fixture
def posts(blog: Blog) -> list[Post]:
    """Three posts of three years, a draft and a page."""
    services.create_post(blog=blog, title="Draft", text="", tags=["a"])
    services.create_post(blog=blog, title="Page", text="", status="published", is_page=True, tags=["a"])
    return [
        services.create_post(
            blog=blog,
            title=f"In *{year}*",
            text=f"Words of {year}.",
            slug=str(year),
            status="published",
            published_at=f"{year}-06-01 12:00",
            tags=tags,
        )
        for year, tags in ((2020, ["a", "b"]), (2021, ["a", "two words"]), (2022, ["<b>"]))
    ]


def slugs(text: str | None) -> list[str]:
    assert text is not None
    return [part.partition("/")[0] for part in text.split('<a href="/')[1:]]


@pytest.mark.parametrize(
    ("arguments", "years"),
    [
        ([], ["2022", "2021", "2020"]),
        ([("order", "ASC")], ["2020", "2021", "2022"]),
        ([("limit", "2")], ["2022", "2021"]),
        ([("limit", "many")], ["2022", "2021", "2020"]),
        ([("limit", "0")], ["2022", "2021", "2020"]),
        ([("tag", "a")], ["2021", "2020"]),
        ([("tag", '"a", “b”')], ["2020"]),
        ([("tag", "a, -b")], ["2021"]),
        ([("tag", "two words")], ["2021"]),
        ([("tag", "a"), ("tag", "-two words")], ["2020"]),
        ([("tag", "a, limit: 1")], ["2021"]),
        ([("Tags", "a"), ("LIMIT", " 1 ")], ["2021"]),
        ([("from", "2021-06-01")], ["2022", "2021"]),
        ([("to", "2021/06/01")], ["2021", "2020"]),
        ([("from", "soon"), ("to", "")], ["2022", "2021", "2020"]),
        ([("unknown", "x")], ["2022", "2021", "2020"]),
    ],
)
def test_posts_are_listed_as_the_arguments_say(
    blog: Blog, posts: list[Post], arguments: list[tuple[str, str]], years: list[str]
) -> None:
    assert slugs(html(Scene(blog), "posts", *arguments)) == years


def test_a_list_of_posts_has_the_hooks_that_styles_know(blog: Blog, posts: list[Post]) -> None:
    assert html(Scene(blog), "posts", ("tag", "b")) == (
        '<ul class="embedded blog-posts"><li data-tags="a,b"><span><i>'
        '<time datetime="2020-06-01T12:00:00+00:00">June 1, 2020</time></i></span> '
        '<a href="/2020/">In <em>2020</em></a></li></ul>'
    )
    assert 'data-tags="&lt;b&gt;"' in (html(Scene(blog), "posts", ("limit", "1")) or "")


def test_where_there_is_no_post_it_is_said(blog: Blog) -> None:
    assert html(Scene(blog), "posts") == "<p>No posts yet</p>"


def test_posts_are_described_with_the_authors_words_or_their_first(blog: Blog, posts: list[Post]) -> None:
    services.update_post(
        post=posts[0], title="T", text="x", slug="2020", status="published", meta_description="<My> words"
    )
    listed = html(Scene(blog), "posts", ("description", "true"), ("order", "asc")) or ""
    assert "<p>&lt;My&gt; words</p>" in listed
    assert "<p>Words of 2021.</p>" in listed


def test_pictures_are_shown_with_their_size_and_only_where_a_page_may_load_them(blog: Blog) -> None:
    def find(source: str) -> Picture | None:
        return (
            Picture(800, 600, (("/media/s.webp", 400), ("/media/l.webp", 800))) if "media" in source else None
        )

    for title, image in (("A", "/media/a.webp"), ("B", "https://example.org/b.png"), ("C", "")):
        services.create_post(blog=blog, title=title, text="", status="published", meta_image=image)
    Post.objects.filter(title="C").update(meta_image="javascript:x")
    listed = html(Scene(blog, find_picture=find), "posts", ("image", "True")) or ""
    assert 'src="/media/a.webp" srcset="/media/s.webp 400w, /media/l.webp 800w"' in listed
    assert '<img src="https://example.org/b.png" alt="" loading="lazy">' in listed
    assert "javascript" not in listed


def test_whole_posts_stand_on_pages_and_not_inside_posts(blog: Blog, posts: list[Post]) -> None:
    services.create_post(
        blog=blog,
        title="Own",
        text="# Head\n\n{{ post_title }} {{ posts | content: True }}",
        status="published",
    )
    listed = html(Scene(blog, may_embed=True), "posts", ("content", "")) or ""
    assert "Words of 2020." in listed
    own = Post.objects.get(title="Own")
    assert f'id="p{own.pk}-head"' in listed
    assert "Own" in listed
    assert listed.count("Words of 2020.") == 1
    assert "Words of" not in (html(Scene(blog), "posts", ("content", "True")) or "")


def test_a_page_has_so_many_lists_and_no_more(blog: Blog, posts: list[Post]) -> None:
    scene = Scene(blog)
    answers = [html(scene, "posts", ("limit", "1")) for _ in range(directives.MOST_LISTS + 2)]
    assert [answer is None for answer in answers] == [False] * directives.MOST_LISTS + [True, True]


def test_a_list_asks_the_database_as_often_for_three_posts_as_for_one(blog: Blog, posts: list[Post]) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        html(Scene(blog), "posts", ("description", "True"))
    assert len(queries) == 3


def test_tags_lead_to_the_posts_that_have_them(blog: Blog, posts: list[Post]) -> None:
    blog.blog_path = "all posts"
    assert html(Scene(blog), "tags") == (
        '<span class="tags"><a href="/all%20posts/?q=%3Cb%3E">#&lt;b&gt;</a> '
        '<a href="/all%20posts/?q=a">#a</a> <a href="/all%20posts/?q=b">#b</a> '
        '<a href="/all%20posts/?q=two%20words">#two words</a></span>'
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("blog-title", "Alice&#x27;s notes"),
        ("blog_title", "Alice&#x27;s notes"),
        ("blog-description", "First words of home."),
        ("blog-link", "https://alice."),
        ("blog-created-date", "<time datetime="),
        ("blog-last-modified", "<time datetime="),
        ("blog-last-posted", 'datetime="2022-06-01T12:00:00+00:00">June 1, 2022</time>'),
        ("email-signup", "<form></form>"),
        ("post-title", "In <em>2021</em>"),
        ("post-description", "Words of 2021."),
        ("post-published-date", "June 1, 2021</time>"),
        ("post-last-modified", "<time datetime="),
        ("post-link", "/2021/"),
        ("next-post", '<a class="next-post" href="/2022/" title="In 2022">Next</a>'),
        ("previous-post", '<a class="previous-post" href="/2020/" title="In 2020">Previous</a>'),
    ],
)
def test_what_is_known_of_blog_and_post_is_told(blog: Blog, posts: list[Post], name: str, text: str) -> None:
    blog.home_text = "# First *words*\n\nof home."
    told = html(Scene(blog, posts[1], signup_form_html="<form></form>"), name)
    assert told is not None
    assert text in told


def test_what_only_a_post_has_stays_as_typed_elsewhere(blog: Blog, posts: list[Post]) -> None:
    for name in ("post-title", "post-link", "next-post", "unknown", ""):
        assert html(Scene(blog), name) is None


def test_at_the_ends_there_is_no_neighbour(blog: Blog, posts: list[Post]) -> None:
    assert html(Scene(blog, posts[2]), "next-post") == ""
    assert html(Scene(blog, posts[0]), "previous-post") == ""
    assert html(Scene(blog), "blog-last-posted") != ""
    Post.objects.all().delete()
    assert html(Scene(blog), "blog-last-posted") == ""


def test_feeds_carry_no_form_and_no_neighbours(blog: Blog, posts: list[Post]) -> None:
    scene = Scene(blog, posts[1], is_feed=True, signup_form_html="<form></form>")
    assert [html(scene, name) for name in ("email-signup", "next-post", "previous-post")] == ["", "", ""]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    st.sampled_from(["posts", "tags", "blog-title", "next-post"]),
    st.lists(
        st.tuples(
            st.sampled_from(["tag", "limit", "order", "from", "to", "description", "content", "x"]), st.text()
        ),
        max_size=4,
    ),
)
def test_any_arguments_are_answered(blog: Blog, name: str, arguments: list[tuple[str, str]]) -> None:
    if not Post.objects.exists():
        services.create_post(
            blog=blog, title="<script>", text="<script>", status="published", tags=["<script>"]
        )
    told = html(Scene(blog, Post.objects.get(), may_embed=True), name, *arguments)
    assert told is not None
    assert "<script" not in told
