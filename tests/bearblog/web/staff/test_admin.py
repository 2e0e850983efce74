"""Django's admin: where the operator wants it, for whom it is, and what it changes."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.moderation.models import AuditEntry
from bearblog.domain.newsletter.services import add_subscribers
from bearblog.domain.posts.models import Post
from bearblog.web.staff.admin import desk_admin


@pytest.fixture(autouse=True)
def _place(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.bearblog.web.staff.urls_with_admin"


def form_of(client: Client, path: str) -> dict[str, object]:
    """What the browser would send back unchanged."""
    initial = client.get(path).context["adminform"].form.initial
    return {name: value for name, value in initial.items() if value not in (None, False)}


def test_it_is_nowhere_unless_its_place_is_named(studio: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = "bearblog.urls"
    assert studio.get("/behind/").status_code == 404
    assert studio.get("/admin/").status_code == 404


def test_every_table_can_be_looked_at(studio: Client, blog: Blog) -> None:
    add_subscribers(blog=blog, emails=["dora@example.org"], have_agreed=True)
    AuditEntry.objects.create(actor="alice@example.org", action="block", target="blog x (X)")
    Post.objects.create(blog=blog, title="One", slug="one", status="published", published_at=timezone.now())
    assert studio.get("/behind/").status_code == 200
    for model, table in desk_admin._registry.items():
        path = f"/behind/{model._meta.app_label}/{model._meta.model_name}/"
        assert studio.get(path).status_code == 200, path
        row = model._default_manager.first()
        if row is not None:
            assert studio.get(f"{path}{row.pk}/change/").status_code == 200, path
        assert not table.has_add_permission(studio.get(path).wsgi_request), path


def test_strangers_sign_in_and_others_find_nothing(
    main: Client, charlie: User, bob: User, signed_in: Callable[[User], Client]
) -> None:
    response = main.get("/behind/")
    assert response.status_code == 302
    response = main.get(response.headers["Location"])
    assert response.headers["Location"].startswith("/account/login/")
    assert signed_in(charlie).get("/behind/", follow=True).status_code == 404
    assert signed_in(bob).get("/behind/blogs/blog/", follow=True).status_code == 404


def test_staff_without_rights_see_no_table_and_give_themselves_none(
    bob: User, blog: Blog, signed_in: Callable[[User], Client]
) -> None:
    bob.is_staff = True
    bob.save()
    client = signed_in(bob)
    assert client.get("/behind/blogs/blog/").status_code == 403
    assert client.post(f"/behind/accounts/user/{bob.pk}/change/", {"is_superuser": "on"}).status_code == 403
    bob.refresh_from_db()
    assert not bob.is_superuser


def test_a_change_that_readers_see_touches_the_blog_and_is_written_down(studio: Client, blog: Blog) -> None:
    path = f"/behind/blogs/blog/{blog.pk}/change/"
    sent = form_of(studio, path)
    assert "home_text" not in sent
    Blog.objects.update(home_text="Written meanwhile.")
    assert studio.post(path, sent | {"is_blocked": "on"}).status_code == 302
    before = blog.version
    blog.refresh_from_db()
    assert blog.is_blocked
    assert blog.version > before
    assert blog.home_text == "Written meanwhile."
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.target, entry.note) == (
        "edit in the admin",
        "blog alice (Alice's notes)",
        "is_blocked",
    )


def test_a_post_and_a_blog_are_deleted_as_by_their_author(studio: Client, blog: Blog) -> None:
    post = Post.objects.create(blog=blog, title="One", slug="one")
    before = blog.version
    studio.post(f"/behind/posts/post/{post.pk}/delete/", {"post": "yes"})
    blog.refresh_from_db()
    assert not Post.objects.exists()
    assert blog.version > before
    studio.post(f"/behind/blogs/blog/{blog.pk}/delete/", {"post": "yes"})
    assert not Blog.objects.exists()
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["delete in the admin"] * 2


def test_people_are_changed_and_never_deleted_here(studio: Client, bob: User) -> None:
    path = f"/behind/accounts/user/{bob.pk}/"
    sent = form_of(studio, f"{path}change/")
    assert "password" not in sent
    sent["groups"] = [group.pk for group in bob.groups.all()]
    sent.pop("user_permissions", None)
    sent.pop("is_active")
    assert studio.post(f"{path}change/", sent).status_code == 302
    bob.refresh_from_db()
    assert not bob.is_active
    assert studio.post(f"{path}delete/", {"post": "yes"}).status_code == 403


def test_the_audit_log_cannot_be_changed(studio: Client) -> None:
    entry = AuditEntry.objects.create(actor="alice@example.org", action="block", target="blog x (X)")
    path = f"/behind/moderation/auditentry/{entry.pk}/"
    assert studio.post(f"{path}change/", {"actor": "nobody"}).status_code == 403
    assert studio.post(f"{path}delete/", {"post": "yes"}).status_code == 403
    assert studio.get("/behind/moderation/auditentry/add/").status_code == 403


def test_signing_out_and_passwords_are_the_sites_own(studio: Client) -> None:
    assert studio.post("/behind/logout/").headers["Location"] == "/account/logout/"
    assert studio.get("/behind/password_change/").headers["Location"] == "/account/password/change/"
