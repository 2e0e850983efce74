"""Texts as HTML, their directives resolved."""

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts import display, services
from bearblog.domain.posts.models import Post
from bearblog.engines.rendering import kept
from bearblog.engines.rendering.pictures import Picture


def test_each_text_of_a_blog_is_rendered_with_its_directives(blog: Blog) -> None:
    post = services.create_post(
        blog=blog, title="One", text="{{post_title}} on {{ blog_title }} {{ unknown }}", status="published"
    )
    body = display.body_html(post)
    assert "One on Alice" in body
    assert "{{ unknown }}" in body
    blog.home_text, blog.nav_text, blog.footer_text = (
        "{{ posts }}",
        "[x](/) {{ post_title }}",
        "{{email-signup}}",
    )
    assert '<a href="/one/">One</a>' in display.home_html(blog)
    assert "<p><ul" not in display.home_html(blog)
    assert "{{ post_title }}" in display.nav_html(blog)
    assert "One" in display.nav_html(blog, post)
    assert "<form>" in display.footer_html(blog, signup_form_html="<form></form>")


def test_only_a_trusted_blog_carries_html_of_its_own(blog: Blog) -> None:
    blog.home_text = '<div style="color: red" onclick="x()">x</div>'
    assert "onclick" not in display.home_html(blog)
    blog.is_trusted = True
    assert "onclick" in display.home_html(blog)


def test_pictures_are_looked_up(blog: Blog) -> None:
    def find(source: str) -> Picture | None:
        return Picture(80, 60, (("/media/a.webp", 80),))

    post = services.create_post(blog=blog, title="T", text="![words](/media/a.png)")
    assert 'width="80"' in display.body_html(post, find_picture=find)


def test_a_description_is_the_authors_or_the_first_words(blog: Blog) -> None:
    post = Post(blog=blog, title="*T*", text="# Head\n\nSome **words** " + "and more " * 50)
    assert display.title(post) == "T"
    assert display.description(post).startswith("Head Some words and more")
    assert display.description(post).endswith("…")
    assert len(display.description(post)) <= 160
    post.meta_description = "Mine"
    assert display.description(post) == "Mine"
    blog.home_text = "Home *words*"
    assert display.blog_description(blog) == "Home words"


def test_a_description_has_no_signs_of_markdown(blog: Blog) -> None:
    text = ".. toc:: Here\n\n## Head\n\n> [!TIP]\n> Water.[^1] {{ posts }}\n\n[^1]: foot"
    assert display.description(Post(blog=blog, title="T", text=text)) == "Head Tip Water."


def test_a_description_knows_the_notes_at_the_end_of_the_text(blog: Blog) -> None:
    text = "Water.[^1]\n\n" + "word " * 1000 + "\n\n[^1]: foot"
    assert display.description(Post(blog=blog, title="T", text=text)).startswith("Water. word")


def test_a_very_long_text_is_described_by_its_start(blog: Blog) -> None:
    text = "*Water*. " + "word " * 10_000
    assert display.description(Post(blog=blog, title="T", text=text)).startswith("Water. word")


def test_a_text_is_kept_once_it_is_saved(blog: Blog) -> None:
    text = "These *words* stand in no other test of all there are."
    name = kept.name_of(text, trusted=False)
    typed = Post(blog=blog, title="T", text=text)
    assert "<em>words</em>" in display.body_html(typed) + display.description(typed)
    assert kept.read(name) is None
    html = display.body_html(services.create_post(blog=blog, title="T", text=text))
    assert kept.read(name) == html


def test_a_feed_has_absolute_links_and_an_end(blog: Blog) -> None:
    texts = ["[a](/b) {{ next_post }}", "x" * (display.FEED_BUDGET + 1)]
    posts = [services.create_post(blog=blog, title=text[:3], text=text, status="published") for text in texts]
    short, long = display.feed_entries(posts)
    assert 'href="https://alice.' in short.html
    assert "next" not in short.html
    assert long.html == ""
    assert long.summary
