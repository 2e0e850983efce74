"""How often each page asks the database: seldom, and no more often where there is more to show."""

import secrets
import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bearblog.domain.accounts.models import Invitation, User
from bearblog.domain.analytics.models import Count
from bearblog.domain.blogs.models import Autosave, Blog, FormerName, Membership, Revision
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.blogs.texts import save_nav
from bearblog.domain.media.models import MediaFile, Variant
from bearblog.domain.moderation.models import AuditEntry, HiddenBlog, Report
from bearblog.domain.newsletter.models import Subscriber
from bearblog.domain.posts import search
from bearblog.domain.posts.models import Alias, Post, ShareLink, Tag
from bearblog.domain.transfer import openings
from bearblog.domain.transfer.models import Opening
from bearblog.engines.outbox.models import Letter
from tests.bearblog.domain.transfer.pasts import keep_past
from tests.bearblog.web.test_permissions import ALL_PAGES, ONLY_SENT

AT_ONCE = 60
THIS_MINUTE = 1_800_000_000.0
PICTURES = " ".join(
    f"![]({host}/media/{'0' * 64}.webp)" for host in ("", *["https://alice.bear.localhost"] * 3)
)
TEXT = f"Words of the post about bees. [Another](/post-1/) {PICTURES} {'Honey. ' * 30}"

# A page that a reader sees, and how often it may ask; for the blog's own row it always does.
READING = {
    "/": 6,
    "/blog/": 6,
    "/blog/?q=garden,-t3": 6,
    "/blog/?page=2": 6,
    "/post-5/": 6,
    "/page-5/": 6,
    "/tags/": 4,
    "/tags/garden/": 5,
    "/archive/": 5,
    "/archive/2024/": 5,
    "/search/": 3,
    "/search/?q=bees": 8,
    "/search/?q=xylophone": 5,
    "/feed/": 6,
    "/rss/?q=garden": 6,
    "/feed.json?page=1": 6,
    "/sitemap.xml": 2,
    "/robots.txt": 1,
    "/favicon.svg": 1,
    "/favicon.ico": 1,
    "/style/none.css": 1,
    "/subscribe/": 1,
    "/unsubscribe/": 1,
    "/report/": 1,
    "/old-5/": 3,
    "/nothing/": 3,
    "/draft/token-1/": 6,
}
# Reading the session and the person takes two, finding the blog one, and their role perhaps another.
MAIN = {
    "healthz": 0,
    "readyz": 5,
    "off_site": 2,
    "site:landing": 2,
    "site:robots": 0,
    "site:help": 2,
    "site:invitation": 3,
    "site:discover": 3,
    "site:discover_feed": 2,
    "site:random_post": 5,
    "site:random_blog": 5,
    "site:discover_hidden": 3,
    "studio:blogs": 4,
    "studio:delete_account": 3,
    "studio:member_invitation": 3,
    "studio:home": 4,
    "studio:posts": 8,
    "studio:pages": 8,
    "studio:new_post": 8,
    "studio:new_page": 8,
    "studio:edit_post": 8,
    "studio:delete_post": 6,
    "studio:share": 7,
    "studio:deleted": 7,
    "studio:post_revisions": 10,
    "studio:nav": 4,
    "studio:footer": 4,
    "studio:template": 4,
    "studio:styles": 4,
    "studio:home_revisions": 7,
    "studio:nav_revisions": 7,
    "studio:footer_revisions": 7,
    "studio:template_revisions": 7,
    "studio:styles_revisions": 7,
    "studio:unsaved": 7,
    "studio:settings": 4,
    "studio:advanced": 4,
    "studio:directives": 4,
    "studio:custom_domain": 4,
    "studio:members": 4,
    "studio:hand_over": 4,
    "studio:leave": 4,
    "studio:delete_blog": 4,
    "studio:analytics": 12,
    "studio:analytics_file": 4,
    "studio:review": 4,
    "studio:subscribers": 7,
    "studio:subscribers_file": 4,
    "studio:media": 8,
    "studio:media_file": 8,
    "studio:export": 10,
    "studio:export_file": 15,
    "studio:import_blog": 4,
    "staff:desk": 9,
    "staff:review": 8,
    "staff:queue": 8,
    "staff:blog": 8,
    "staff:people": 6,
    "staff:person": 6,
    "staff:letters": 4,
    "staff:letter": 3,
    "staff:invitations": 4,
    "staff:past": 9,
    "staff:past_text": 9,
    "staff:box": 3,
    "staff:audit": 4,
}
# The same pages, asked otherwise.
MAIN_ASKED = {
    "site:discover?order=newest&page=2": 3,
    "site:discover?order=random&q=bees": 6,
    "studio:posts?q=bees&page=2": 9,
    "studio:media?unused=1": 9,
    "studio:subscribers?q=p1": 7,
    "staff:queue?q=b1": 8,
    "staff:people?q=p1": 6,
    "staff:audit?q=b1": 4,
}
# A file sent in pieces asks once a piece, so that no blog fills the memory.
IN_PIECES = {"studio:export_file"}
# What these do is done by POST alone.
SENT = ONLY_SENT | {"site:discover_hide", "site:discover_show"}


@pytest.fixture
def full(blog: Blog, alice: User, bob: User) -> Blog:
    blog.home_text = "Welcome.\n\n{{ posts | limit: 5 | description: true }}\n\n{{ tags }}"
    blog.nav_text = "[Home](/) [Blog](/blog/)"
    blog.is_reviewed = True
    blog.save()
    other = create_blog(owner=bob, title="Bob's", subdomain="bobs")
    Membership.objects.create(
        blog=other, email=alice.email, user=alice, role="editor", token_hash="a", accepted_at=timezone.now()
    )
    fill(blog, 0)
    opening = Opening.objects.create(moment=timezone.now(), blog_name=blog.subdomain, state="open")
    keep_past(openings.file_of(opening))
    save_nav(blog=blog, by=None, text="[Home](/)")
    return blog


def fill(blog: Blog, start: int) -> None:
    """Gives the blog and the site sixty more of everything."""
    numbers, now = range(start, start + AT_ONCE), timezone.now()
    posts = [a_post(blog, number, is_page) for number in numbers for is_page in (False, True)]
    Post.objects.bulk_create(posts)
    Tag.objects.bulk_create(
        Tag(post=post, name=name, position=position)
        for post in posts
        for position, name in enumerate(("garden", f"t{post.pk % 7}"))
    )
    for post in posts[10:40]:
        search.index(post)
    Alias.objects.bulk_create(Alias(blog=blog, post=posts[2], slug=f"old-{number}") for number in numbers)
    for number in numbers:
        person = User.objects.create(email=f"p{number}@example.org", asked_to_write_at=now)
        rows_of_the_studio(blog, person, posts[2], number)
        rows_of_the_site(blog, person, number)


def a_post(blog: Blog, number: int, is_page: bool) -> Post:
    kind = "page" if is_page else "post"
    return Post(
        blog=blog,
        author=blog.owner,
        is_page=is_page,
        title=f"{kind} {number} about bees",
        slug=f"{kind}-{number}",
        text=TEXT,
        status="published" if number % 6 else "draft",
        published_at=timezone.now().replace(year=2024, month=6) - timedelta(hours=number),
    )


def rows_of_the_studio(blog: Blog, person: User, post: Post, number: int) -> None:
    now = timezone.now()
    Membership.objects.create(
        blog=blog, email=person.email, user=person, role="writer", token_hash=f"m{number}", accepted_at=now
    )
    FormerName.objects.create(blog=blog, subdomain=f"former{number}")
    kept = Post.objects.filter(blog=blog).earliest("pk").creation_key
    for subject in (f"post:{kept}", f"post:{uuid.uuid4()}", "home", "nav", "footer", "template", "styles"):
        Revision.objects.create(blog=blog, subject=subject, text=f"Text {number}", saved_by=person)
    Autosave.objects.create(blog=blog, user=blog.owner, subject="nav", text=f"T{number}")
    Autosave.objects.create(blog=blog, user=blog.owner, subject=f"post:{uuid.uuid4()}", text="T")
    ShareLink.objects.create(
        post=post, token=f"token-{number}", created_by=person, expires_at=now + timedelta(days=1)
    )
    file = MediaFile.objects.create(
        blog=blog,
        sha256=f"{number:064x}",
        extension="webp",
        content_type="image/webp",
        name="x",
        size=1,
        width=9,
        height=9,
        uploaded_by=person,
    )
    Variant.objects.create(media_file=file, sha256=secrets.token_hex(32), width=5, height=5, size=1)
    Subscriber.objects.create(blog=blog, email=person.email, token=f"s{number}", confirmed_at=now)
    for kind in Count.Kind.values:
        Count.objects.create(blog=blog, day=now.date(), kind=kind, name=f"/{kind}-{number}/", number=1)


def rows_of_the_site(blog: Blog, person: User, number: int) -> None:
    now = timezone.now()
    theirs = Blog.objects.create(owner=person, title="B", subdomain=f"b{number}", review_asked_at=now)
    Blog.objects.create(owner=person, title="C", subdomain=f"c{number}", is_reviewed=True)
    Blog.objects.create(owner=blog.owner, title="Mine", subdomain=f"mine{number}")
    HiddenBlog.objects.create(user=blog.owner, blog=theirs)
    for at in (blog, theirs):
        Report.objects.create(blog=at, path="/t/", reason="Rude.")
    AuditEntry.objects.create(actor="a", action="approve", target=f"b{number}")
    Letter.objects.create(sender="a@example.org", recipient="b@example.org", subject="S", text="T")
    Invitation.objects.create(
        email=f"i{number}@example.org", token_hash=f"i{number}", invited_by=blog.owner, expires_at=now
    )


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(
            address, headers={"user-agent": "Mozilla/5.0 (X11) Gecko/20100101 Firefox/140.0"}
        )
        # A file that is sent in pieces asks while it is sent.
        sent = response.getvalue()
    assert response.status_code in (200, 301, 302, 404, 410), address
    assert response.status_code < 400 or address.endswith(("/nothing/", "/none/", "/leave/")), address
    assert sent or response.status_code != 200
    return len(captured)


def check(
    client: Client, pages: Mapping[str, str], most: Mapping[str, int], add_more: Callable[[], None]
) -> None:
    for address in pages.values():
        # What is asked once and remembered is not what grows.
        queries(client, address)
    few = {name: queries(client, address) for name, address in pages.items()}
    add_more()
    many = {name: queries(client, address) for name, address in pages.items()}
    assert {name: count for name, count in many.items() if count > most[name]} == {}
    grown = {name: (few[name], count) for name, count in many.items() if count > few[name]}
    assert {name: counts for name, counts in grown.items() if name not in IN_PIECES} == {}


def test_no_page_of_a_blog_asks_often_or_more_often_where_there_is_more(
    reader: Client, full: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "STORE_PAGES", False)
    check(reader, {path: path for path in READING}, READING, lambda: fill(full, AT_ONCE))


@pytest.mark.parametrize("path", ["/", "/post-5/", "/blog/", "/feed/", "/sitemap.xml"])
def test_a_page_from_disk_asks_for_its_blog_and_no_more(reader: Client, full: Blog, path: str) -> None:
    assert queries(reader, path) > 1
    assert queries(reader, path) == 1


def test_a_page_of_the_main_site_from_disk_asks_for_nothing(
    main: Client, full: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: THIS_MINUTE)
    assert queries(main, "/discover/") == 1
    assert queries(main, "/discover/") == 0


def test_every_page_of_the_main_site_is_counted() -> None:
    assert set(MAIN) == set(ALL_PAGES) - SENT


def test_no_page_of_the_main_site_asks_often_or_more_often_where_there_is_more(
    studio: Client, full: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "BLOGS_PER_USER", 1000)
    pages = main_pages(full)
    for name in MAIN_ASKED:
        page, _, query = name.partition("?")
        pages[name] = f"{pages[page]}?{query}"
    check(studio, pages, MAIN | MAIN_ASKED, lambda: fill(full, AT_ONCE))


def main_pages(blog: Blog) -> dict[str, str]:
    """Where each page of the main site stands, for things that are there."""
    post = Post.objects.filter(blog=blog).earliest("pk")
    keys = {
        "media_file": MediaFile.objects.earliest("pk").pk,
        "letter": Letter.objects.earliest("pk").pk,
        "person": blog.owner_id,
        "blog": blog.pk,
        "unsaved": Autosave.objects.earliest("pk").pk,
    }
    found = {}
    for name in MAIN:
        page = name.partition(":")[2]
        given = {
            "subdomain": blog.subdomain,
            "pk": keys.get(page, post.pk),
            "token": "none",
            "name": "nav" if page == "past_text" else "all",
            "what": "csv",
        }
        found[name] = reverse(name, kwargs={parameter: given[parameter] for parameter in ALL_PAGES[name]})
    return found
