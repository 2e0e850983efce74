"""Every address of the main site, walked by nobody, a stranger, other authors, each role, and staff."""

from collections.abc import Callable, Iterator
from enum import IntEnum

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.services import make_writer
from bearblog.domain.blogs.models import Blog, Membership
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.media.models import MediaFile
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post
from bearblog.engines.outbox.models import Letter
from tests.bearblog.web.on_disk import stored


class Needs(IntEnum):
    """The least that a person must be for a page to be there."""

    NOBODY = 0
    ACCOUNT = 1
    WRITER = 2
    EDITOR = 3
    OWNER = 4
    # Not the next step after the owner: a ladder of its own.
    STAFF = 5


NEEDS: dict[str, Needs] = {
    "healthz": Needs.NOBODY,
    "readyz": Needs.NOBODY,
    "off_site": Needs.ACCOUNT,
    "site:landing": Needs.NOBODY,
    "site:robots": Needs.NOBODY,
    "site:help": Needs.NOBODY,
    "site:invitation": Needs.NOBODY,
    "site:discover": Needs.NOBODY,
    "site:discover_feed": Needs.NOBODY,
    "site:random_post": Needs.NOBODY,
    "site:random_blog": Needs.NOBODY,
    "site:discover_hidden": Needs.ACCOUNT,
    "site:discover_hide": Needs.ACCOUNT,
    "site:discover_show": Needs.ACCOUNT,
    "studio:blogs": Needs.ACCOUNT,
    "studio:delete_account": Needs.ACCOUNT,
    "studio:member_invitation": Needs.NOBODY,
    "studio:home": Needs.WRITER,
    "studio:posts": Needs.WRITER,
    "studio:new_post": Needs.WRITER,
    "studio:bulk": Needs.WRITER,
    "studio:edit_post": Needs.WRITER,
    "studio:delete_post": Needs.WRITER,
    "studio:post_revisions": Needs.WRITER,
    "studio:share": Needs.WRITER,
    "studio:deleted": Needs.WRITER,
    "studio:autosave": Needs.WRITER,
    "studio:unsaved": Needs.WRITER,
    "studio:preview": Needs.WRITER,
    "studio:leave": Needs.WRITER,
    "studio:media": Needs.WRITER,
    "studio:upload": Needs.WRITER,
    "studio:media_file": Needs.WRITER,
    "studio:pages": Needs.EDITOR,
    "studio:new_page": Needs.EDITOR,
    "studio:home_revisions": Needs.EDITOR,
    "studio:nav": Needs.EDITOR,
    "studio:nav_revisions": Needs.EDITOR,
    "studio:footer": Needs.EDITOR,
    "studio:footer_revisions": Needs.EDITOR,
    "studio:template": Needs.EDITOR,
    "studio:template_revisions": Needs.EDITOR,
    "studio:analytics": Needs.EDITOR,
    "studio:analytics_file": Needs.EDITOR,
    "studio:delete_media": Needs.EDITOR,
    "studio:styles": Needs.OWNER,
    "studio:apply_theme": Needs.OWNER,
    "studio:styles_revisions": Needs.OWNER,
    "studio:settings": Needs.OWNER,
    "studio:advanced": Needs.OWNER,
    "studio:custom_domain": Needs.OWNER,
    "studio:members": Needs.OWNER,
    "studio:member": Needs.OWNER,
    "studio:hand_over": Needs.OWNER,
    "studio:directives": Needs.OWNER,
    "studio:delete_blog": Needs.OWNER,
    "studio:review": Needs.OWNER,
    "studio:subscribers": Needs.OWNER,
    "studio:remove_subscribers": Needs.OWNER,
    "studio:subscribers_file": Needs.OWNER,
    "studio:export": Needs.OWNER,
    "studio:export_file": Needs.OWNER,
    "studio:import_blog": Needs.OWNER,
    "studio:carry_out_import": Needs.OWNER,
    "staff:desk": Needs.STAFF,
    "staff:review": Needs.STAFF,
    "staff:queue": Needs.STAFF,
    "staff:blog": Needs.STAFF,
    "staff:decide": Needs.STAFF,
    "staff:decide_about_post": Needs.STAFF,
    "staff:people": Needs.STAFF,
    "staff:person": Needs.STAFF,
    "staff:decide_about_person": Needs.STAFF,
    "staff:letters": Needs.STAFF,
    "staff:letter": Needs.STAFF,
    "staff:invitations": Needs.STAFF,
    "staff:past": Needs.STAFF,
    "staff:open_past": Needs.STAFF,
    "staff:past_text": Needs.STAFF,
    "staff:bring_back": Needs.STAFF,
    "staff:close_past": Needs.STAFF,
    "staff:box": Needs.STAFF,
    "staff:audit": Needs.STAFF,
}
# Who has what; staff are no authors of the blog, and an owner is no staff.
PEOPLE = {
    "nobody": {Needs.NOBODY},
    "stranger": {Needs.NOBODY, Needs.ACCOUNT},
    "another author": {Needs.NOBODY, Needs.ACCOUNT},
    "writer": {Needs.NOBODY, Needs.ACCOUNT, Needs.WRITER},
    "editor": {Needs.NOBODY, Needs.ACCOUNT, Needs.WRITER, Needs.EDITOR},
    "owner": {Needs.NOBODY, Needs.ACCOUNT, Needs.WRITER, Needs.EDITOR, Needs.OWNER},
    "staff": {Needs.NOBODY, Needs.ACCOUNT, Needs.STAFF},
}
# No such number, token or open past; and an owner cannot leave.
NOT_THERE = {
    "studio:unsaved",
    "studio:member_invitation",
    "studio:leave",
    "site:random_post",
    "site:random_blog",
    "site:discover_hide",
    "site:discover_show",
    "staff:past_text",
}
# What these do is done by POST alone.
ONLY_SENT = {
    "studio:bulk",
    "studio:autosave",
    "studio:preview",
    "studio:upload",
    "studio:delete_media",
    "studio:carry_out_import",
    "studio:apply_theme",
    "studio:member",
    "studio:remove_subscribers",
    "staff:decide",
    "staff:decide_about_post",
    "staff:decide_about_person",
    "staff:open_past",
    "staff:bring_back",
    "staff:close_past",
}
# What strangers are shown alike lies on disk from the first visit on; nothing else does.
FOR_EVERYBODY = {"site:landing", "site:robots", "site:help", "site:discover", "site:discover_feed"}
# Django's own and allauth's pages have tests of their own.
NOT_OURS = ("account_", "admin:")


def pages(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """Each page's name, and what its address is made with."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from pages(pattern.url_patterns, inner)
        elif pattern.name and not f"{prefix}{pattern.name}".startswith(NOT_OURS):
            yield f"{prefix}{pattern.name}", list(pattern.pattern.converters)


ALL_PAGES = dict(pages(get_resolver(settings.ROOT_URLCONF).url_patterns))


def test_every_address_of_the_main_site_is_in_the_table() -> None:
    assert set(ALL_PAGES) == set(NEEDS)


@pytest.fixture
def owner(db: None) -> User:
    user = User.objects.create_user("owner@example.org")
    make_writer(user)
    return user


@pytest.fixture
def walked(owner: User) -> Blog:
    return create_blog(owner=owner, title="Walked", subdomain="walked")


@pytest.fixture
def clients(
    walked: Blog, owner: User, alice: User, bob: User, charlie: User, at: Callable[[str], Client]
) -> dict[str, Client]:
    members = {role: User.objects.create_user(f"{role}@example.org") for role in ("writer", "editor")}
    for role, user in members.items():
        Membership.objects.create(
            blog=walked, email=user.email, user=user, role=role, token_hash=role, accepted_at=user.date_joined
        )
    people = {"stranger": charlie, "another author": bob, **members, "owner": owner, "staff": alice}
    made = {name: at(settings.MAIN_HOST) for name in PEOPLE}
    for name, user in people.items():
        made[name].force_login(user)
    return made


@pytest.fixture
def addresses(walked: Blog, owner: User, clients: dict[str, Client]) -> dict[str, str]:
    """Where each page stands, for things that are there; the post is the writer's own."""
    writer = User.objects.get(email="writer@example.org")
    post = create_post(blog=walked, title="Mine", text="", author=writer)
    media = MediaFile.objects.create(
        blog=walked,
        sha256="0" * 64,
        extension="txt",
        content_type="text/plain",
        name="a.txt",
        size=1,
        uploaded_by=writer,
    )
    letter = Letter.objects.create(sender="a@example.org", recipient="b@example.org", subject="", text="")
    keys = {
        "media_file": media.pk,
        "letter": letter.pk,
        "member": Membership.objects.get(email="editor@example.org").pk,
        "person": owner.pk,
        "decide_about_person": owner.pk,
        **dict.fromkeys(("blog", "decide", "decide_about_post", "discover_hide", "discover_show"), walked.pk),
    }
    return {name: _address(name, walked, post, keys) for name in NEEDS}


def _address(name: str, blog: Blog, post: Post, keys: dict[str, int]) -> str:
    given = {
        "subdomain": blog.subdomain,
        "pk": keys.get(name.partition(":")[2], post.pk),
        "post_pk": post.pk,
        "token": "none",
        "name": "all",
        "what": "csv",
    }
    return reverse(name, kwargs={parameter: given[parameter] for parameter in ALL_PAGES[name]})


def has_page(client: Client, address: str, method: str) -> bool:
    """Whether there is something at the address for this person; never an error."""
    response = client.generic(method, address)
    assert response.status_code < 500, (address, response.status_code)
    sent_to_sign_in = response.headers.get("Location", "").startswith("/account/login/")
    return response.status_code not in (403, 404, 405) and not sent_to_sign_in


@pytest.mark.parametrize("person", PEOPLE)
def test_a_page_is_there_for_those_who_may_have_it_and_for_nobody_else(
    person: str, clients: dict[str, Client], addresses: dict[str, str]
) -> None:
    for name, needs in NEEDS.items():
        shown = has_page(clients[person], addresses[name], "GET")
        if needs in PEOPLE[person]:
            assert shown or name in NOT_THERE | ONLY_SENT, (person, name)
        else:
            assert not shown and not has_page(clients[person], addresses[name], "POST"), (person, name)
    for_everybody = {addresses[name] for name in FOR_EVERYBODY}
    assert stored(settings.MAIN_HOST) == (for_everybody if person == "nobody" else set())


def test_a_writer_changes_no_post_of_somebody_else(
    walked: Blog, owner: User, clients: dict[str, Client]
) -> None:
    post = create_post(blog=walked, title="Not theirs", text="", author=owner)
    for name in ("edit_post", "delete_post", "post_revisions", "share"):
        address = reverse(f"studio:{name}", args=[walked.subdomain, post.pk])
        assert clients["writer"].get(address).status_code == 404, name
        assert clients["writer"].post(address, {"header": "title: Taken", "text": ""}).status_code == 404, (
            name
        )
        assert clients["editor"].get(address).status_code == 200, name
    post.refresh_from_db()
    assert post.title == "Not theirs"


def test_a_post_of_another_blog_is_not_found_through_ones_own(
    walked: Blog, alice: User, clients: dict[str, Client]
) -> None:
    elsewhere = create_blog(owner=alice, title="Elsewhere", subdomain="elsewhere")
    post = create_post(blog=elsewhere, title="Hers", text="", author=alice)
    address = reverse("studio:edit_post", args=[walked.subdomain, post.pk])
    assert clients["owner"].get(address).status_code == 404
