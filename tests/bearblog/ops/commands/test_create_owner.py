"""The command that makes the owner and a first blog."""

import io
import json
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post


def create_owner(email: str = "Owner@example.org", subdomain: str = "hello") -> dict[str, str]:
    out = io.StringIO()
    call_command("create_owner", email=email, blog_title="Hello", blog_subdomain=subdomain, stdout=out)
    answer: dict[str, str] = json.loads(out.getvalue())
    return answer


def test_a_fresh_box_gets_an_owner_and_a_blog_that_is_not_empty(
    db: None, at: Callable[[str], Client]
) -> None:
    answer = create_owner()
    assert answer["created"]
    assert answer["blog_url"] == "https://hello.bear.localhost:8443/"
    page = at("hello.bear.localhost").get("/").content.decode()
    assert "Welcome" in page
    assert "{{" not in page
    assert at("hello.bear.localhost").get("/welcome/").status_code == 200


def test_the_link_sets_a_password_once(db: None, main: Client) -> None:
    link = create_owner()["password_link"]
    assert link.startswith("https://bear.localhost:8443/account/")
    path = link.removeprefix("https://bear.localhost:8443")
    form = main.get(path, follow=True).redirect_chain[-1][0]
    main.post(form, {"password1": "an honest pass phrase", "password2": "an honest pass phrase"})
    assert User.objects.get().check_password("an honest pass phrase")
    assert create_owner()["password_link"] is None


def test_running_again_changes_nothing(db: None) -> None:
    first = create_owner()
    second = create_owner()
    assert not second["created"]
    assert second["blog_url"] == first["blog_url"]
    assert (User.objects.count(), Blog.objects.count(), Post.objects.count()) == (1, 1, 1)


def test_an_owner_who_renamed_the_blog_gets_no_second_one(db: None) -> None:
    create_owner()
    assert create_owner(subdomain="other")["blog_url"] == "https://hello.bear.localhost:8443/"


@pytest.mark.parametrize(
    ("email", "subdomain", "words"),
    [
        ("nobody", "hello", "is not an e-mail address"),
        ("a@example.org", "www", "kept back"),
        ("a@example.org", "", "a name"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_left(
    db: None, email: str, subdomain: str, words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        create_owner(email, subdomain)
    assert not User.objects.exists()


def test_a_name_that_another_has_is_refused(blog: Blog) -> None:
    with pytest.raises(CommandError, match="taken"):
        create_owner(subdomain="alice")
