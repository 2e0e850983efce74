"""Bob with a place on Alice's blog."""

from collections.abc import Callable

import pytest
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, Membership


@pytest.fixture
def member(blog: Blog, bob: User, signed_in: Callable[[User], Client]) -> Callable[[str], Client]:
    """Makes a client with Bob signed in, a "writer" or an "editor" on Alice's blog."""

    def client_as(role: str) -> Client:
        Membership.objects.create(
            blog=blog, email=bob.email, user=bob, role=role, accepted_at=blog.created_at
        )
        return signed_in(bob)

    return client_as
