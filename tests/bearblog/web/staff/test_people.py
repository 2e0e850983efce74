"""People at the desk, and who may come to it."""

from collections.abc import Callable

import pytest
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.selectors import may_write
from bearblog.domain.accounts.services import ask_to_write
from bearblog.domain.blogs.models import Blog
from bearblog.engines.outbox.models import Letter


def test_who_waits_is_let_in(studio: Client, charlie: User) -> None:
    ask_to_write(charlie)
    page = studio.get("/staff/people/").content.decode()
    assert "Waiting to write" in page
    assert "Let write: charlie@example.org" in page
    path = f"/staff/people/{charlie.pk}/decide/"
    answered = studio.post(path, {"decision": "let write"}, follow=True).content.decode()
    assert "charlie@example.org may write now." in answered
    assert may_write(charlie)
    assert Letter.objects.get().recipient == "charlie@example.org"


def test_somebody_is_deactivated_and_comes_back(
    studio: Client, bob: User, signed_in: Callable[[User], Client]
) -> None:
    client, path = signed_in(bob), f"/staff/people/{bob.pk}/decide/"
    assert client.get("/studio/").status_code == 200
    studio.post(path, {"decision": "deactivate"})
    assert client.get("/studio/").status_code == 302
    studio.post(path, {"decision": "reactivate"})
    assert client.get("/studio/").status_code == 200


def test_who_runs_the_box_is_not_locked_out(studio: Client, alice: User) -> None:
    page = studio.post(f"/staff/people/{alice.pk}/decide/", {"decision": "deactivate"}, follow=True)
    assert "You cannot lock yourself out." in page.content.decode()


def test_people_are_searched(studio: Client, bob: User, charlie: User) -> None:
    page = studio.get("/staff/people/?q=CHARLIE").content.decode()
    assert "charlie@example.org" in page
    assert "bob@example.org" not in page
    assert studio.get(f"/staff/people/{bob.pk}/").status_code == 200
    assert studio.get("/staff/people/999/").status_code == 404


@pytest.mark.parametrize(
    "name", ["", "review/", "review/all/", "people/", "letters/", "invitations/", "audit/"]
)
def test_the_desk_is_for_staff_alone(
    main: Client, bob: User, blog: Blog, signed_in: Callable[[User], Client], name: str
) -> None:
    assert signed_in(bob).get(f"/staff/{name}").status_code == 404
    response = main.get(f"/staff/{name}")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    ("path", "decision"), [("blogs/{blog}/decide/", "block"), ("people/{user}/decide/", "deactivate")]
)
def test_only_staff_decide(
    main: Client, bob: User, blog: Blog, signed_in: Callable[[User], Client], path: str, decision: str
) -> None:
    where = "/staff/" + path.format(blog=blog.pk, user=blog.owner.pk)
    assert signed_in(bob).post(where, {"decision": decision}).status_code == 404
    assert main.post(where, {"decision": decision}).status_code == 302
    blog.refresh_from_db()
    assert not blog.is_blocked
    assert User.objects.get(pk=blog.owner.pk).is_active


def test_staff_who_do_not_run_the_box_decide_too(
    bob: User, blog: Blog, signed_in: Callable[[User], Client]
) -> None:
    bob.is_staff = True
    bob.save()
    client = signed_in(bob)
    client.post(f"/staff/blogs/{blog.pk}/decide/", {"decision": "hide"})
    blog.refresh_from_db()
    assert blog.is_hidden
    page = client.post(f"/staff/people/{blog.owner.pk}/decide/", {"decision": "deactivate"}, follow=True)
    assert "runs this box" in page.content.decode()
