"""A post or page as the editor opens it, there already or yet to be written."""

import uuid
from functools import cached_property, partial

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import texts
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.roles import Role
from bearblog.domain.posts import addresses, header
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.selectors import find_post, find_post_by_creation_key, tag_counts
from bearblog.domain.posts.services import save_post
from bearblog.lib import plain_text
from bearblog.web.studio.access import BlogStudioRequest, may_change
from bearblog.web.studio.sheets import Sheet, Typed

_WISHES = {"publish": True, "unpublish": False}


class PostSheet(Sheet):
    """A post, or one to be: then the sheet says what the blog's template says."""

    has_header = True

    def __init__(
        self, blog: Blog, post: Post | None, *, key: uuid.UUID, role: Role, is_page: bool = False
    ) -> None:
        super().__init__(blog)
        self.post, self.key, self.role = post, key, role
        self.is_page = post.is_page if post else is_page
        self._describe()

    def reload(self) -> None:
        self.post = find_post_by_creation_key(self.blog, self.key)
        self._describe()

    def store(self, typed: Typed, *, by: User) -> str:
        if self.role < Role.EDITOR and self._is_to_be_page(typed):
            raise PostError("Pages are for the editors of this blog; a post of yours stays a post.", "header")
        self.post = save_post(
            blog=self.blog,
            author=by,
            header=typed.header,
            text=typed.text,
            publish=_WISHES.get(typed.wish),
            post=self.post,
            is_page=self.is_page,
            creation_key=self.key,
        )
        self.is_page = self.post.is_page
        self._describe()
        return self._sentence(self.post)

    def links(self) -> dict[str, object]:
        sub, post = self.blog.subdomain, self.post
        pages = {
            "back": reverse("studio:pages" if self.is_page else "studio:posts", args=[sub]),
            "text_label": "Text",
            "is_post": True,
            "is_new": post is None,
            "has_preview": True,
            # Counted where a page shows them: the answer to a save does not.
            "tags": SimpleLazyObject(partial(tag_counts, self.blog, self.blog.posts.all())),
        }
        if post is None:
            return pages
        is_out = post.is_published and post.published_at and post.published_at <= timezone.now()
        return pages | {
            "post": post,
            "post_state": _state(post),
            "view_url": addresses.post_url(post) if is_out else "",
            "share_url": "" if is_out else reverse("studio:share", args=[sub, post.pk]),
            "revisions_url": reverse("studio:post_revisions", args=[sub, post.pk]),
            "delete_url": reverse("studio:delete_post", args=[sub, post.pk]),
        }

    # Read from two more tables, and asked for at one of the three times that a save describes the sheet.
    @cached_property
    def header(self) -> str:
        return header.write(self.post) if self.post else texts.template_parts(self.blog)[0]

    def _describe(self) -> None:
        vars(self).pop("header", None)
        sub, post = self.blog.subdomain, self.post
        self.here = "pages" if self.is_page else "posts"
        self.is_stored = post is not None
        if post is None:
            self.subject = addresses.unsaved_subject(self.key)
            self.heading = "New page" if self.is_page else "New post"
            self.address = new_address(self.blog, self.key, is_page=self.is_page)
            self.text = texts.template_parts(self.blog)[1]
        else:
            self.subject = addresses.revision_subject(post)
            self.heading = post.title
            self.address = reverse("studio:edit_post", args=[sub, post.pk])
            self.text = post.text

    def _is_to_be_page(self, typed: Typed) -> bool:
        said = header.read(typed.header, post=self.post, blog=self.blog, is_page=self.is_page)
        return said.is_page

    def _sentence(self, post: Post) -> str:
        if not post.is_published:
            return "Saved as a draft. Readers cannot see it."
        if post.published_at and post.published_at > timezone.now():
            moment = timezone.localtime(post.published_at)
            return f"Saved. Readers see it from {moment:%-d %b %Y, %H:%M} on ({self.blog.time_zone})."
        return "Saved and published."


def open_post(request: BlogStudioRequest, blog: Blog, pk: int) -> tuple[PostSheet, Post]:
    """The sheet of the blog's post with this number. Raises Http404 where the person may not change it."""
    post = find_post(blog, pk)
    if post is None or not may_change(request, post):
        raise Http404
    return PostSheet(blog, post, key=post.creation_key, role=request.role), post


def open_new(request: BlogStudioRequest, blog: Blog, *, is_page: bool) -> PostSheet:
    """The sheet of the post that the form or address names by its key, be it there or not. Raises Http404."""
    typed = request.POST.get("creation_key") or request.GET.get("key") or ""
    key = read_key(typed) or uuid.uuid4()
    post = find_post_by_creation_key(blog, key)
    if post is not None and not may_change(request, post):
        raise Http404
    sheet = PostSheet(blog, post, key=key, role=request.role, is_page=is_page)
    sheet.is_opened_as_new = True
    return sheet


def new_address(blog: Blog, key: uuid.UUID, *, is_page: bool = False) -> str:
    """Where the editor opens what is typed under this key and was never saved."""
    return f"{reverse('studio:new_page' if is_page else 'studio:new_post', args=[blog.subdomain])}?key={key}"


def read_key(typed: str) -> uuid.UUID | None:
    """The key that was typed, None where it is none."""
    try:
        return uuid.UUID(plain_text.one_line(typed))
    except ValueError:
        return None


def _state(post: Post) -> str:
    if not post.is_published or post.published_at is None:
        return "Draft"
    if post.published_at > timezone.now():
        return f"From {timezone.localtime(post.published_at):%-d %b %Y, %H:%M}"
    return "Published"
