"""Texts as HTML: of a post, for its page and for feeds, and of the parts that stand around it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.addresses import post_url
from bearblog.domain.posts.directives import Scene, description_of, description_of_blog, render
from bearblog.domain.posts.models import Post
from bearblog.engines.rendering import inline, links
from bearblog.engines.rendering.pictures import PictureFinder, no_picture

# Characters that a feed shows in full; what goes beyond is summed up, so that no feed takes seconds.
FEED_BUDGET = 500_000


@dataclass(frozen=True)
class FeedEntry:
    """A post as a feed carries it; `html` is empty where the post is too long for a feed."""

    post: Post
    url: str
    summary: str
    html: str


def body_html(post: Post, *, find_picture: PictureFinder = no_picture, signup_form_html: str = "") -> str:
    """The text of the post or page, rendered and clean."""
    scene = Scene(
        post.blog,
        post,
        may_embed=post.is_page,
        find_picture=find_picture,
        signup_form_html=signup_form_html,
    )
    return render(post.text, scene)


def home_html(blog: Blog, *, find_picture: PictureFinder = no_picture, signup_form_html: str = "") -> str:
    """The text of the front page, rendered and clean; empty where the list of posts stands for it."""
    scene = Scene(blog, may_embed=True, find_picture=find_picture, signup_form_html=signup_form_html)
    return render(blog.home_text, scene)


def nav_html(
    blog: Blog,
    post: Post | None = None,
    *,
    find_picture: PictureFinder = no_picture,
    signup_form_html: str = "",
) -> str:
    """The navigation, as it stands beside the post where there is one."""
    return _beside(blog, post, blog.nav_text, find_picture, signup_form_html)


def footer_html(
    blog: Blog,
    post: Post | None = None,
    *,
    find_picture: PictureFinder = no_picture,
    signup_form_html: str = "",
) -> str:
    """What the author wants above the end of each page."""
    return _beside(blog, post, blog.footer_text, find_picture, signup_form_html)


def _beside(
    blog: Blog, post: Post | None, text: str, find_picture: PictureFinder, signup_form_html: str
) -> str:
    return render(text, Scene(blog, post, find_picture=find_picture, signup_form_html=signup_form_html))


def title(post: Post) -> str:
    """The title as plain text."""
    return inline.plain_title(post.title)


def description(post: Post) -> str:
    """What the author says the post is about, or its first words, as plain text."""
    return description_of(post)


def blog_description(blog: Blog) -> str:
    """What the author says the blog is about, or the first words of its front page, as plain text."""
    return description_of_blog(blog)


def feed_entries(posts: Iterable[Post], *, find_picture: PictureFinder = no_picture) -> Iterator[FeedEntry]:
    """Each post with its address, its first words, and its HTML with absolute links."""
    budget = FEED_BUDGET
    for post in posts:
        url = post_url(post)
        budget -= len(post.text)
        scene = Scene(post.blog, post, is_feed=True, find_picture=find_picture)
        html = links.absolute(render(post.text, scene), url) if budget >= 0 else ""
        yield FeedEntry(post=post, url=url, summary=description_of(post), html=html)
