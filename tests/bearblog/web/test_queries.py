"""How often each page asks the database: seldom, and no more often where there is more to show."""

import secrets
import uuid
from collections.abc import Callable
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
from bearblog.domain.media.models import MediaFile, Variant
from bearblog.domain.moderation.models import AuditEntry, HiddenBlog, Report
from bearblog.domain.newsletter.models import Subscriber
from bearblog.domain.posts import search
from bearblog.domain.posts.models import Alias, Post, ShareLink, Tag
from bearblog.engines.outbox.models import Letter
from tests.bearblog.web.test_permissions import ALL_PAGES, ONLY_SENT

_AT_ONCE = 60
_TEXT = f"""Words of the post about bees. [Another](/post-1/) ![](/media/{"0" * 64}.webp) {"Honey. " * 30}"""

# A page a reader sees, and how often it may ask; the blog's own row is one of them.
READING = {
    "/": 6,
    "/blog/": 6,
    "/blog/?q=garden,-t3": 6,
    "/blog/?page=2": 6,
    "/post-5/": 6,
    "/page-5/": 6,
    "/tags/": 6,
    "/tags/garden/": 6,
    "/archive/": 6,
    "/archive/2024/": 6,
    "/search/?q=bees": 7,
    "/feed/": 6,
    "/rss/?q=garden": 6,
    "/feed.json?page=1": 6,
    "/sitemap.xml": 2,
    "/robots.txt": 1,
    "/favicon.svg": 1,
    "/subscribe/": 2,
    "/unsubscribe/": 2,
    "/report/": 2,
    "/old-5/": 3,
    "/nothing/": 6,
    "/draft/token-1/": 6,
    "/hit/?page=/post-5/": 12,
}


@pytest.fixture
def full(blog: Blog, alice: User, bob: User) -> Blog:
    blog.home_text = "Welcome.\n\n{{ posts | limit: 5 | description: true }}\n\n{{ tags }}"
    blog.nav_text = "[Home](/) [Blog](/blog/) {{ next_post }}"
    blog.is_reviewed = True
    blog.save()
    other = create_blog(owner=bob, title="Bob's", subdomain="bobs")
    Membership.objects.create(
        blog=other, email=alice.email, user=alice, role="editor", token_hash="a", accepted_at=timezone.now()
    )
    fill(blog, 0)
    return blog


def fill(blog: Blog, start: int) -> None:
    """Gives the blog and the site sixty more of everything."""
    numbers, now = range(start, start + _AT_ONCE), timezone.now()
    posts = [_post(blog, number, is_page) for number in numbers for is_page in (False, True)]
    Post.objects.bulk_create(posts)
    Tag.objects.bulk_create(
        Tag(post=post, name=name, position=position)
        for post in posts
        for position, name in enumerate(("garden", f"t{post.pk % 7}"))
    )
    for post in posts[:2]:
        search.index(post)
    Alias.objects.bulk_create(
        Alias(blog=blog, post=posts[0], slug=f"old-{number}") for number in numbers
    )
    for number in numbers:
        person = User.objects.create(email=f"p{number}@example.org", asked_to_write_at=now)
        theirs = Blog.objects.create(owner=person, title=f"B{number}", subdomain=f"b{number}", review_asked_at=now)
        Blog.objects.create(owner=blog.owner, title=f"Mine {number}", subdomain=f"mine{number}")
        HiddenBlog.objects.create(user=blog.owner, blog=theirs)
        Post.objects.create(blog=theirs, title="T", slug="t", text=_TEXT, status="published", published_at=now)
        Report.objects.create(blog=theirs, path="/t/", reason="Rude.")
        Report.objects.create(blog=blog, path="/post-1/", reason="Rude.")
        _rows_of_the_studio(blog, person, posts[0], number)
        AuditEntry.objects.create(actor="a", action="approve", target=f"b{number}")
        Letter.objects.create(sender="a@example.org", recipient="b@example.org", subject="S", text="T")
        Invitation.objects.create(email=f"i{number}@example.org", token_hash=f"i{number}", invited_by=blog.owner, expires_at=now)


def _post(blog: Blog, number: int, is_page: bool) -> Post:
    kind = "page" if is_page else "post"
    return Post(
        blog=blog,
        author=blog.owner,
        is_page=is_page,
        title=f"{kind} {number} about bees",
        slug=f"{kind}-{number}",
        text=_TEXT,
        status="published" if number % 6 else "draft",
        published_at=timezone.now().replace(year=2024, month=6) - timedelta(hours=number),
    )


def _rows_of_the_studio(blog: Blog, person: User, post: Post, number: int) -> None:
    now = timezone.now()
    Membership.objects.create(
        blog=blog, email=person.email, user=person, role="writer", token_hash=f"m{number}", accepted_at=now
    )
    FormerName.objects.create(blog=blog, subdomain=f"former{number}")
    for subject in (f"post:{Post.objects.earliest('pk').creation_key}", "home", "nav", "footer", "template", "styles"):
        Revision.objects.create(blog=blog, subject=subject, text=f"Text {number}", saved_by=person)
    Autosave.objects.create(blog=blog, user=blog.owner, subject=f"new:{number}", text="T", device=uuid.uuid4())
    Revision.objects.create(blog=blog, subject=f"post:{uuid.uuid4()}", header="title: Gone", text="T", saved_by=person)
    ShareLink.objects.create(post=post, token=f"token-{number}", created_by=person, expires_at=now + timedelta(days=1))
    file = MediaFile.objects.create(
        blog=blog, sha256=f"{number:064x}", extension="webp", content_type="image/webp", name="x", size=1,
        width=9, height=9, uploaded_by=person,
    )
    Variant.objects.create(media_file=file, sha256=secrets.token_hex(32), width=5, height=5, size=1)
    Subscriber.objects.create(blog=blog, email=person.email, token=f"s{number}", confirmed_at=now)
    for kind in Count.Kind.values:
        Count.objects.create(blog=blog, day=now.date(), kind=kind, name=f"/{kind}-{number}/", number=1)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, headers={"user-agent": "Mozilla/5.0 (X11) Gecko/20100101 Firefox/140.0"})
        assert response.status_code < 500, address
        getattr(response, "streaming_content", ())
    return len(captured)


def test_no_page_of_a_blog_asks_much_or_more_where_there_is_more(reader: Client, full: Blog) -> None:
    before = {path: queries(reader, path) for path in READING}
    print(before)
    fill(full, _AT_ONCE)
    after = {path: queries(reader, path) for path in READING}
    assert {path: count for path, count in after.items() if count > READING[path]} == {}
    assert {path: (before[path], count) for path, count in after.items() if count > before[path]} == {}


def main_pages(blog: Blog) -> dict[str, str]:
    post = Post.objects.filter(blog=blog).earliest("pk")
    keys = {
        "media_file": MediaFile.objects.earliest("pk").pk,
        "letter": Letter.objects.earliest("pk").pk,
        "member": Membership.objects.filter(blog=blog).earliest("pk").pk,
        "person": blog.owner_id,
        "blog": blog.pk,
        "unsaved": Autosave.objects.earliest("pk").pk,
    }
    found = {}
    for name, parameters in ALL_PAGES.items():
        given = {
            "subdomain": blog.subdomain,
            "pk": keys.get(name.partition(":")[2], post.pk),
            "post_pk": post.pk,
            "token": "none",
            "name": "all",
            "what": "posts",
        }
        if name not in ONLY_SENT:
            found[name] = reverse(name, kwargs={parameter: given[parameter] for parameter in parameters})
    return found


def test_no_page_of_the_main_site_asks_much_or_more_where_there_is_more(
    studio: Client, full: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "BLOGS_PER_USER", 1000)
    pages = main_pages(full)
    before = {name: queries(studio, address) for name, address in pages.items()}
    print(before)
    fill(full, _AT_ONCE)
    after = {name: queries(studio, address) for name, address in pages.items()}
    print({path: (before[path], count) for path, count in after.items() if count != before[path]})
    assert False
