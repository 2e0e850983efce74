"""A new box's first person and first blog."""

from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.services import create_owner
from bearblog.domain.blogs.addresses import blog_url, main_url
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.selectors import blogs_of, find_blog_of
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post


@dataclass(frozen=True)
class Owner:
    """What became of the owner; no password link where they have a password already."""

    created: bool
    password_link: str | None
    blog_url: str


@transaction.atomic
def prepare_owner(*, email: str, blog_title: str, blog_subdomain: str) -> Owner:
    """The owner with at least one blog; safe to run again. Raises AccountError or BlogError."""
    user, created = create_owner(email=email)
    blog = find_blog_of(user, blog_subdomain) or blogs_of(user).first()
    if blog is None:
        blog = _first_blog(user, blog_title, blog_subdomain)
    link = None if user.has_usable_password() else password_link(user)
    return Owner(created=created, password_link=link, blog_url=blog_url(blog))


def password_link(user: User) -> str:
    """The address at which the person sets a password, good for once and for three days."""
    key = default_token_generator.make_token(user)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": key},
        urlconf=settings.ROOT_URLCONF,
    )
    return main_url(path)


def _first_blog(owner: User, title: str, subdomain: str) -> Blog:
    words = {"studio_url": main_url("/studio/")}
    blog = create_blog(
        owner=owner,
        title=title,
        subdomain=subdomain,
        home_text=render_to_string("ops/welcome_home.md", words),
    )
    create_post(
        blog=blog,
        title="Welcome",
        text=render_to_string("ops/welcome_post.md", words),
        status=Post.Status.PUBLISHED,
    )
    return blog
