"""An author's texts as HTML, with what only the web knows of: pictures, and the form for subscribers."""

import re
from collections.abc import Sequence

from django.template.loader import render_to_string

from bearblog.domain.blogs.models import Blog
from bearblog.domain.media.selectors import picture_finder
from bearblog.domain.posts import display
from bearblog.domain.posts.display import FeedEntry
from bearblog.domain.posts.models import Post
from bearblog.engines.rendering.pictures import PictureFinder
from bearblog.web.reading.language import speaking

# These bring pictures that the text itself does not name.
_BRINGS_PICTURES = re.compile(r"\{\{\s*posts[^{}]*(image|content)", re.IGNORECASE)
_HAS_FORM = re.compile(r"\{\{\s*email[-_ ]?signup", re.IGNORECASE)


def body_html(post: Post) -> str:
    """The text of a post or page."""
    with speaking(post.blog, post.language):
        finder, form = _finder(post.blog, post.text), _signup_form(post.text)
        return display.body_html(post, find_picture=finder, signup_form_html=form)


def home_html(blog: Blog) -> str:
    """The text of the front page."""
    with speaking(blog):
        finder, form = _finder(blog, blog.home_text), _signup_form(blog.home_text)
        return display.home_html(blog, find_picture=finder, signup_form_html=form)


def nav_html(blog: Blog, post: Post | None = None) -> str:
    """The navigation, as it stands beside the post where there is one."""
    with speaking(blog, post.language if post else ""):
        finder, form = _finder(blog, blog.nav_text), _signup_form(blog.nav_text)
        return display.nav_html(blog, post, find_picture=finder, signup_form_html=form)


def footer_html(blog: Blog, post: Post | None = None) -> str:
    """What the author wants above the end of each page."""
    with speaking(blog, post.language if post else ""):
        finder, form = _finder(blog, blog.footer_text), _signup_form(blog.footer_text)
        return display.footer_html(blog, post, find_picture=finder, signup_form_html=form)


def feed_entries(blog: Blog, posts: Sequence[Post]) -> Sequence[FeedEntry]:
    """The posts as feeds carry them."""
    with speaking(blog):
        finder = picture_finder(blog, *(post.text for post in posts))
        return list(display.feed_entries(posts, find_picture=finder))


def _finder(blog: Blog, text: str) -> PictureFinder:
    return picture_finder(blog) if _BRINGS_PICTURES.search(text) else picture_finder(blog, text)


def _signup_form(text: str) -> str:
    return render_to_string("reading/_email_signup.html") if _HAS_FORM.search(text) else ""
