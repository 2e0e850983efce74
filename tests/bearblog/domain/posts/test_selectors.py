"""Finding posts, and what readers can see of them."""

import pytest

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts import selectors
from bearblog.domain.posts.services import create_post


def test_readers_see_published_posts_whose_date_has_come(blog: Blog) -> None:
    create_post(blog=blog, title="Draft", text="")
    create_post(blog=blog, title="Dated draft", text="", published_at="2020-01-01")
    create_post(blog=blog, title="Later", text="", status="published", published_at="2990-01-01")
    old = create_post(blog=blog, title="Old", text="", status="published", published_at="2020-01-01")
    new = create_post(blog=blog, title="New", text="", status="published")
    assert list(selectors.published_posts(blog)) == [new, old]
    assert selectors.find_published_post(blog, "old") == old
    for hidden in ("draft", "dated-draft", "later", "nothing"):
        assert selectors.find_published_post(blog, hidden) is None


def test_authors_see_all_their_posts_drafts_first(blog: Blog, bob: User) -> None:
    published = create_post(blog=blog, title="P", text="", status="published")
    draft = create_post(blog=blog, title="D", text="")
    create_post(blog=create_blog(owner=bob, title="T", subdomain="bob"), title="Other", text="")
    assert list(selectors.posts_of(blog)) == [draft, published]
    assert selectors.find_post(blog, draft.pk) == draft


def test_a_post_of_another_blog_is_not_found(blog: Blog, bob: User) -> None:
    post = create_post(blog=blog, title="P", text="", status="published")
    other = create_blog(owner=bob, title="T", subdomain="bob")
    assert selectors.find_post(other, post.pk) is None
    assert selectors.find_published_post(other, post.slug) is None


@pytest.mark.parametrize("spelling", ["über-uns", "U\u0308ber-uns", "ÜBER-UNS"])
def test_a_slug_is_found_in_every_spelling(blog: Blog, spelling: str) -> None:
    post = create_post(blog=blog, title="Über uns", text="", status="published")
    assert selectors.find_published_post(blog, spelling) == post
