"""Puts something into every room of a site on which deploy/stage/garden.py was run: no page is empty."""

import io
import uuid
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone
from PIL import Image

from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.services import invite, make_writer
from bearblog.domain.analytics.models import Count
from bearblog.domain.blogs import domain_claims, texts
from bearblog.domain.blogs.members import accept_membership, invite_member
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog, rename_blog
from bearblog.domain.blogs.styling import update_styles
from bearblog.domain.blogs.writing import autosave
from bearblog.domain.media.addresses import markdown_of
from bearblog.domain.media.models import MediaFile
from bearblog.domain.media.services import add_file
from bearblog.domain.moderation import decisions, services
from bearblog.domain.newsletter.services import add_subscribers
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post, delete_post, share_draft, update_post
from bearblog.domain.transfer import openings
from bearblog.domain.transfer.models import Opening
from deploy.stage.site import PASSWORD
from tests.bearblog.domain.transfer.pasts import keep_past
from tests.bearblog.web.box_month import live_through_a_month

BOB = "bob@example.org"
CAROL = "carol@example.org"
DORA = "dora@example.org"
SHARED = "the-shared-draft"
KINDS = {
    Count.Kind.READERS: [""],
    Count.Kind.PAGE: ["/", "/everything-at-once/"],
    Count.Kind.REFERRER: ["news.example"],
    Count.Kind.COUNTRY: ["DE", "KR"],
    Count.Kind.BROWSER: ["Firefox"],
    Count.Kind.PLATFORM: ["Linux"],
    Count.Kind.FEED: ["Miniflux"],
}
NEARLY_ALL = """
![]({picture})

A second picture, with a caption:

{markdown}

<https://www.youtube.com/watch?v=dQw4w9WgXcQ>

## A heading of its own

{{{{ posts | limit: 3 | description: True }}}}

{{{{ tags }}}}

{{{{ email-signup }}}}

{{{{ previous-post }}}} {{{{ next-post }}}}
"""


def picture(width: int = 900, height: int = 600) -> bytes:
    """A PNG."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return file.getvalue()


def furnish() -> None:
    """Fills the garden's blog, its studio and the desk, and makes a blog with nothing in it."""
    alice, blog = User.objects.get(email="alice@example.org"), Blog.objects.get(subdomain="alice")
    bob = User.objects.create_user(BOB, PASSWORD)
    make_writer(bob)
    User.objects.create_user(CAROL, PASSWORD)
    create_blog(owner=bob, title="Nothing yet", subdomain="bob")
    _accept(blog, bob, "writer")
    _accept(blog, User.objects.create_user(DORA, PASSWORD), "editor")
    invite_member(blog=blog, email="hugo@example.org", role="editor")
    _write(blog, alice, _upload(blog, alice))
    _count_readers(blog)
    add_subscribers(blog=blog, emails=["erin@example.org"], have_agreed=True)
    add_subscribers(blog=blog, emails=["finn@example.org"], have_agreed=False)
    domain_claims.claim_domain(blog=blog, domain="garden.example")
    _occupy_staff(alice, bob, blog)
    _look_back(alice, blog)
    live_through_a_month()


def _accept(blog: Blog, user: User, role: str) -> None:
    _, token = invite_member(blog=blog, email=user.email, role=role)
    accept_membership(user=user, token=token)


def _upload(blog: Blog, user: User) -> MediaFile:
    with TemporaryDirectory() as folder:
        source = Path(folder) / "bed.png"
        source.write_bytes(picture())
        add_file(
            blog=blog, uploaded_by=user, source=source, name="bed.png", alternative_text="A bed of leeks"
        )
        source.write_bytes(picture(300, 300))
        return add_file(blog=blog, uploaded_by=user, source=source, name="pot.png", alternative_text="A pot")


def _write(blog: Blog, user: User, file: MediaFile) -> None:
    Blog.objects.filter(pk=blog.pk).update(has_share_links=True)
    blog.refresh_from_db()
    text = NEARLY_ALL.format(picture="/media/" + "0" * 64 + ".webp", markdown=markdown_of(file))
    post = create_post(blog=blog, title="Nearly all else", text=text, author=user, status="published")
    for words in ("[Home](/) [Blog](/blog/) [About](/about/)", "[Home](/) [All](/blog/) [About](/about/)"):
        texts.save_nav(blog=blog, by=user, text=words)
        texts.save_footer(blog=blog, by=user, text=words)
        texts.save_template(blog=blog, by=user, text=f"tags: garden\n___\n{words}")
    texts.save_home(
        blog=blog, by=user, header="title: Notes from the garden", text=f"{blog.home_text}\nMore."
    )
    update_styles(blog=blog, css="main { color: teal }", by=user)
    update_styles(blog=blog, css="", by=user)
    update_post(post=post, title=post.title, text=f"Anew.\n{text}", status="published", by=user)
    autosave(
        blog=blog, user=user, subject="new:" + uuid.uuid4().hex, device=uuid.uuid4(), header="", text="A"
    )
    delete_post(post=create_post(blog=blog, title="Gone", text="Gone", author=user), by=user)
    link = share_draft(post=create_post(blog=blog, title="Half", text="A half", author=user), by=user)
    link.token = SHARED
    link.save(update_fields=["token"])


def _count_readers(blog: Blog) -> None:
    today = timezone.now().date()
    Count.objects.bulk_create(
        Count(blog=blog, day=today - timedelta(days=day), kind=kind, name=name, number=day % 9 + 1)
        for day in range(10)
        for kind, names in KINDS.items()
        for name in names
    )


def _occupy_staff(alice: User, bob: User, blog: Blog) -> None:
    invite(email="gwen@example.org", invited_by=alice)
    stall = create_blog(owner=bob, title="A market stall", subdomain="market")
    rename_blog(blog=stall, subdomain="stall")
    Blog.objects.filter(pk=stall.pk).update(is_reviewed=False)
    stall.refresh_from_db()
    create_post(blog=stall, title="Ten reasons to buy", text="It is cheap.", author=bob, status="published")
    services.report(blog=stall, path="/", reason="This sells things.")
    services.ask_for_review(blog=stall, note="It is a stall, and an honest one.")
    decisions.decide(blog=stall, decision=decisions.Decision.FLAG, actor=alice, note="Look again.")
    decisions.decide(blog=blog, decision=decisions.Decision.APPROVE, actor=alice)
    Post.objects.filter(blog=blog, title="First frost").update(like_count=3, score=1)
    User.objects.filter(email=CAROL).update(asked_to_write_at=timezone.now())


def _look_back(alice: User, blog: Blog) -> None:
    leek = create_post(blog=blog, title="A leek", text="It is gone.", author=alice)
    opening = Opening.objects.create(moment=timezone.now(), blog_name=blog.subdomain, asked_by=alice)
    keep_past(openings.file_of(opening))
    openings.note_state(opening=opening, state=Opening.State.OPEN)
    texts.save_footer(blog=blog, by=alice, text="[Home](/)")
    delete_post(post=leek, by=alice)
