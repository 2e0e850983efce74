"""What stands in the place of `{{ directives }}`, and the rendering of a text that has them."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models.functions import Left
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from bearblog.domain.blogs.addresses import blog_url
from bearblog.domain.blogs.dates import format_date
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts import pieces, selectors
from bearblog.domain.posts.addresses import post_url
from bearblog.domain.posts.listing import Listing, listed_posts, read_listing
from bearblog.domain.posts.models import Post
from bearblog.engines.rendering import inline, markdown, summary
from bearblog.engines.rendering.directives import Directive, Replacement
from bearblog.engines.rendering.pictures import PictureFinder, no_picture

MOST_LISTS = 20
MOST_TAGS = 500
# Enough of a text for the first words of it, however long the addresses in it are.
_DESCRIBED = 1_000
# A text up to this length is rendered as a whole for its first words: then it is the one that is kept.
_RENDERED_WHOLE = 20_000


@dataclass
class Budget:
    """How many lists of posts and of tags a page may still have."""

    lists: int = MOST_LISTS


@dataclass(frozen=True)
class Scene:
    """Where a text stands: on which blog, of or beside which post, and what else is known there."""

    blog: Blog
    post: Post | None = None
    may_embed: bool = False
    is_feed: bool = False
    signup_form_html: str = ""
    find_picture: PictureFinder = no_picture
    budget: Budget = field(default_factory=Budget)


def render(text: str, scene: Scene) -> str:
    """The text as clean HTML, its directives resolved."""
    return markdown.render(
        text,
        resolve=functools.partial(resolve, scene),
        find_picture=scene.find_picture,
        trusted=scene.blog.is_trusted,
        # A post without a number is being typed, and its text is another one in a moment.
        is_kept=scene.post is None or scene.post.pk is not None,
    )


def resolve(scene: Scene, directive: Directive) -> Replacement | None:
    """What stands in the directive's place; None leaves it as typed."""
    name = directive.name.lower().replace("_", "-")
    if name in _OF_LISTS:
        if not scene.budget.lists:
            return None
        scene.budget.lists -= 1
        return _OF_LISTS[name](scene, directive)
    if name in _OF_BLOG:
        return _OF_BLOG[name](scene)
    if name in _OF_POST and scene.post is not None:
        return _OF_POST[name](scene, scene.post)
    return None


def description_of(post: Post) -> str:
    """What the author says the post is about, or its first words."""
    return post.meta_description or _first_words(post.text, is_kept=post.pk is not None)


def description_of_blog(blog: Blog) -> str:
    """What the author says the blog is about, or the first words of its front page."""
    return blog.meta_description or _first_words(blog.home_text)


def _first_words(text: str, *, is_kept: bool = True) -> str:
    start = text if len(text) <= _RENDERED_WHOLE else text[:_DESCRIBED]
    # Without what directives stand for: a list of posts says nothing of the text around it.
    html = markdown.render(start, resolve=lambda directive: Replacement(""), is_kept=is_kept)
    return summary.summarise(html)


def _posts(scene: Scene, directive: Directive) -> Replacement:
    listing = read_listing(directive.arguments, scene.blog, may_embed=scene.may_embed)
    posts = listed_posts(scene.blog, listing)
    if not posts:
        return _block(format_html("<p>{}</p>", gettext("No posts yet")))
    described = _descriptions(posts) if listing.has_description else {}
    entries = ((_entry(scene, post, listing, described.get(post.pk, "")),) for post in posts)
    return _block(
        format_html('<ul class="embedded blog-posts">{}</ul>', format_html_join("\n", "{}", entries))
    )


def _entry(scene: Scene, post: Post, listing: Listing, description: str) -> SafeString:
    tags = ",".join(tag.name for tag in post.tags.all())
    date = pieces.time_html(scene.blog, post.published_at) if post.published_at else ""
    more = [format_html("<p>{}</p>", description)] if description else []
    if listing.has_image and post.meta_image:
        more.append(pieces.picture_html(post.meta_image, scene.find_picture))
    if listing.has_content:
        more.append(format_html('<div class="content">{}</div>', _embedded(scene, post)))
    return format_html(
        '<li data-tags="{}"><span><i>{}</i></span> {}{}</li>',
        tags,
        date,
        pieces.link_html(post),
        mark_safe("".join(more)),  # noqa: S308 - pieces that are safe
    )


def _embedded(scene: Scene, post: Post) -> SafeString:
    post.blog = scene.blog
    html = render(post.text, replace(scene, post=post, may_embed=False))
    return mark_safe(pieces.with_own_places(html, post))  # noqa: S308 - rendered text is clean


def _descriptions(posts: list[Post]) -> dict[int, str]:
    described = {post.pk: post.meta_description for post in posts if post.meta_description}
    bare = [post.pk for post in posts if post.pk not in described]
    starts = Post.objects.filter(pk__in=bare).values_list("pk", Left("text", _DESCRIBED))
    return described | {pk: _first_words(start) for pk, start in starts}


def _tags(scene: Scene, directive: Directive) -> Replacement:
    names = [tag.name for tag in selectors.tag_counts(scene.blog)[:MOST_TAGS]]
    return Replacement(pieces.tags_html(scene.blog, names), plain=", ".join(names))


def _signup(scene: Scene) -> Replacement:
    return Replacement("" if scene.is_feed else scene.signup_form_html, is_block=True)


def _last_posted(scene: Scene) -> Replacement:
    newest = selectors.published_posts(scene.blog).values_list("published_at", flat=True).first()
    return _date(scene, newest)


def _next(scene: Scene, post: Post) -> Replacement:
    if scene.is_feed:
        return Replacement("")
    return Replacement(pieces.step_html(selectors.next_post(post), "next-post", gettext("Next")))


def _previous(scene: Scene, post: Post) -> Replacement:
    if scene.is_feed:
        return Replacement("")
    before = selectors.previous_post(post)
    return Replacement(pieces.step_html(before, "previous-post", gettext("Previous")))


def _date(scene: Scene, moment: datetime | None) -> Replacement:
    if moment is None:
        return Replacement("")
    language = scene.post.language if scene.post else ""
    plain = format_date(scene.blog, moment, language)
    return Replacement(pieces.time_html(scene.blog, moment, language), plain=plain)


def _text(words: str) -> Replacement:
    return Replacement(escape(words), plain=words)


def _block(html: SafeString) -> Replacement:
    return Replacement(html, is_block=True)


_OF_LISTS: dict[str, Callable[[Scene, Directive], Replacement]] = {"posts": _posts, "tags": _tags}
_OF_BLOG: dict[str, Callable[[Scene], Replacement]] = {
    "email-signup": _signup,
    "blog-title": lambda scene: _text(scene.blog.title),
    "blog-description": lambda scene: _text(description_of_blog(scene.blog)),
    "blog-created-date": lambda scene: _date(scene, scene.blog.created_at),
    "blog-last-modified": lambda scene: _date(scene, scene.blog.home_updated_at),
    "blog-last-posted": _last_posted,
    "blog-link": lambda scene: _text(blog_url(scene.blog)),
}
_OF_POST: dict[str, Callable[[Scene, Post], Replacement]] = {
    "post-title": lambda scene, post: Replacement(
        inline.title_html(post.title), plain=inline.plain_title(post.title)
    ),
    "post-description": lambda scene, post: _text(description_of(post)),
    "post-published-date": lambda scene, post: _date(scene, post.published_at),
    "post-last-modified": lambda scene, post: _date(scene, post.updated_at),
    "post-link": lambda scene, post: _text(post_url(post)),
    "next-post": _next,
    "previous-post": _previous,
}
NAMES = (*_OF_LISTS, *_OF_BLOG, *_OF_POST)
