"""The end of an account."""

from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from bearblog.domain.accounts.errors import AccountError
from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.farewell import delete_account
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post
from tests.conftest import PASSWORD


def test_a_person_goes_with_their_blogs_and_their_hosts(
    blog: Blog,
    bob: User,
    hosts_folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        create_blog(owner=bob, title="T", subdomain="bob")
        guest = create_post(blog=blog, title="By Bob", text="")
        Post.objects.filter(pk=guest.pk).update(author=bob)
    assert (hosts_folder / "bob.bear.localhost").exists()
    with django_capture_on_commit_callbacks(execute=True):
        delete_account(user=bob, email=" Bob@example.org", password=PASSWORD)
    assert not User.objects.filter(email="bob@example.org").exists()
    assert not (hosts_folder / "bob.bear.localhost").exists()
    assert list(Blog.objects.all()) == [blog]
    guest.refresh_from_db()
    assert guest.author is None


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [("bob@example.org", "wrong", "password"), ("bob@example.org", "", "password"), ("", PASSWORD, "email")],
)
def test_a_slip_deletes_nothing(bob: User, email: str, password: str, field: str) -> None:
    with pytest.raises(AccountError, match="Nothing was deleted|Type bob") as refusal:
        delete_account(user=bob, email=email, password=password)
    assert refusal.value.field == field
    assert User.objects.filter(pk=bob.pk).exists()


def test_somebody_has_to_run_the_site(alice: User, bob: User) -> None:
    with pytest.raises(AccountError, match="only one who runs this site"):
        delete_account(user=alice, email=alice.email, password=PASSWORD)
    bob.is_superuser = True
    bob.save()
    delete_account(user=alice, email=alice.email, password=PASSWORD)
    assert list(User.objects.all()) == [bob]
