"""Who may write on a blog."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import members, selectors
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog, Membership
from bearblog.domain.blogs.roles import Role
from bearblog.domain.blogs.services import create_blog


@pytest.fixture
def bobs(blog: Blog, bob: User) -> Membership:
    """Bob's place on Alice's blog."""
    _, token = members.invite_member(blog=blog, email="Bob@example.org ", role="writer")
    return members.accept_membership(user=bob, token=token)


def test_the_invited_write_once_they_accept(blog: Blog, bob: User) -> None:
    invited, token = members.invite_member(blog=blog, email="Bob@Example.org ", role="editor")
    assert (invited.email, selectors.role_on(blog, bob)) == ("bob@example.org", None)
    assert token not in invited.token_hash
    members.accept_membership(user=bob, token=token)
    assert selectors.role_on(blog, bob) is Role.EDITOR
    assert list(selectors.blogs_with(bob)) == [blog]
    with pytest.raises(BlogError, match="used, taken back"):
        members.accept_membership(user=bob, token=token)


def test_a_second_invitation_ends_the_first(blog: Blog, bob: User) -> None:
    _, first = members.invite_member(blog=blog, email="bob@example.org", role="editor")
    _, second = members.invite_member(blog=blog, email="bob@example.org", role="writer")
    assert selectors.find_membership(first) is None
    assert members.accept_membership(user=bob, token=second).role == "writer"


def test_an_invitation_runs_out(blog: Blog) -> None:
    invited, token = members.invite_member(blog=blog, email="bob@example.org", role="editor")
    invited.invited_at -= selectors.INVITATION_LIFETIME + timedelta(seconds=1)
    invited.save()
    assert selectors.find_membership(token) is None


def test_an_invitation_is_for_one_person(blog: Blog, charlie: User) -> None:
    _, token = members.invite_member(blog=blog, email="bob@example.org", role="editor")
    with pytest.raises(BlogError, match="is for bob@example.org"):
        members.accept_membership(user=charlie, token=token)


@pytest.mark.parametrize(
    ("email", "role", "words"),
    [
        ("bob", "writer", "is not an e-mail address"),
        ("", "writer", "is not an e-mail address"),
        (f"{'a' * 250}@example.org", "writer", "e-mail address"),
        ("ALICE@example.org", "writer", "owns this blog"),
        ("bob@example.org", "owner", "Choose what"),
        ("bob@example.org", "", "Choose what"),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused(blog: Blog, email: str, role: str, words: str) -> None:
    with pytest.raises(BlogError, match=words):
        members.invite_member(blog=blog, email=email, role=role)


def test_who_writes_already_is_not_invited_again(blog: Blog, bob: User, bobs: Membership) -> None:
    bob.email = "robert@example.org"
    bob.save()
    for address in ("bob@example.org", "robert@example.org"):
        with pytest.raises(BlogError, match="writes on this blog already"):
            members.invite_member(blog=blog, email=address, role="writer")


def test_there_is_a_most_of_members(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "MAX_MEMBERS", 1)
    members.invite_member(blog=blog, email="bob@example.org", role="writer")
    members.invite_member(blog=blog, email="bob@example.org", role="editor")
    with pytest.raises(BlogError, match="as many as one blog"):
        members.invite_member(blog=blog, email="charlie@example.org", role="writer")


def test_roles_change_and_end(blog: Blog, bob: User, bobs: Membership) -> None:
    members.change_role(membership=bobs, role="editor")
    assert selectors.role_on(blog, bob) is Role.EDITOR
    with pytest.raises(BlogError, match="Choose what"):
        members.change_role(membership=bobs, role="owner")
    members.remove_member(membership=bobs)
    assert selectors.role_on(blog, bob) is None


def test_a_blog_is_handed_over(blog: Blog, alice: User, bob: User, bobs: Membership) -> None:
    members.hand_over(blog=blog, membership=bobs, typed_name=" alice ")
    blog.refresh_from_db()
    assert blog.owner == bob
    assert selectors.role_on(blog, bob) is Role.OWNER
    assert selectors.role_on(blog, alice) is Role.EDITOR
    assert Membership.objects.filter(blog=blog).count() == 1


def test_a_blog_is_not_handed_over_by_mistake(blog: Blog, bobs: Membership) -> None:
    with pytest.raises(BlogError, match="Type “alice”"):
        members.hand_over(blog=blog, membership=bobs, typed_name="Alice")
    with pytest.raises(BlogError, match="somebody who writes on it"):
        members.hand_over(blog=blog, membership=None, typed_name="alice")


def test_a_blog_goes_only_to_who_may_have_one_more(
    blog: Blog, bob: User, charlie: User, bobs: Membership, settings: Settings
) -> None:
    _, token = members.invite_member(blog=blog, email=charlie.email, role="writer")
    charlies = members.accept_membership(user=charlie, token=token)
    with pytest.raises(BlogError, match="may not have blogs"):
        members.hand_over(blog=blog, membership=charlies, typed_name="alice")
    settings.BLOGS_PER_USER = 1
    create_blog(owner=bob, title="T", subdomain="bob")
    with pytest.raises(BlogError, match="as many as one person"):
        members.hand_over(blog=blog, membership=bobs, typed_name="alice")
    invited, _ = members.invite_member(blog=blog, email="new@example.org", role="writer")
    with pytest.raises(BlogError, match="somebody who writes on it"):
        members.hand_over(blog=blog, membership=invited, typed_name="alice")
