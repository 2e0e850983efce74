"""Design rule 7: whatever changes what a reader sees raises the blog's version in the same transaction.

What takes something away from readers raises the version of the last withdrawal, too.
"""

import importlib
import inspect
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bearblog import domain
from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import domain_claims, farewell, members, preferences, styling, texts
from bearblog.domain.blogs import services as blogs
from bearblog.domain.blogs.models import Blog, DomainClaim, Membership
from bearblog.domain.media import services as media
from bearblog.domain.media.adopting import Adoptable, Part, adopt
from bearblog.domain.media.models import MediaFile
from bearblog.domain.moderation import decisions, people
from bearblog.domain.posts import bulk
from bearblog.domain.posts import services as posts
from bearblog.domain.posts.models import Post
from bearblog.domain.transfer import services as transfer
from bearblog.domain.transfer.bringing_back import Wishes
from bearblog.domain.transfer.past_differences import find_past_blog
from bearblog.domain.transfer.past_files import opened_past
from bearblog.engines.reachability.records import Found
from tests.bearblog.domain.transfer.pasts import keep_past
from tests.conftest import PASSWORD

Change = Callable[[Blog, Post], object]
WITHDRAWAL = '"withdrawn_version" = ("blogs_blog"."version" + 1)'


@pytest.fixture
def published(blog: Blog) -> Post:
    """A post of Alice's that readers can see."""
    return posts.create_post(blog=blog, title="One", text="", status="published", tags=["tag"])


@pytest.fixture
def hands(bob: User) -> User:
    """Bob, into whose hands the blog may come, with a blog of his own."""
    blogs.create_blog(owner=bob, title="Bob's", subdomain="bob")
    return bob


def add_document(blog: Blog) -> MediaFile:
    with NamedTemporaryFile() as file:
        file.write(b"%PDF-1.7")
        file.flush()
        return media.add_file(blog=blog, uploaded_by=None, source=Path(file.name), name="a.pdf")


def add_claim(blog: Blog, *, has_domain: bool = False) -> DomainClaim:
    blog.custom_domain = "example.org" if has_domain else None
    blog.save()
    return DomainClaim.objects.create(blog=blog, domain="example.org", token="token")


def add_heir(blog: Blog) -> Membership:
    bob = User.objects.get(email="bob@example.org")
    return Membership.objects.create(
        blog=blog, email=bob.email, user=bob, role="editor", token_hash="-", accepted_at=timezone.now()
    )


def add_operator() -> User:
    return User.objects.create_superuser("operator@example.org")


def adopt_document(blog: Blog) -> int:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        path.write_bytes(b"%PDF-1.7")
        part = Part(path, "ab" * 32, "pdf", 8, 0, 0)
        return adopt(blog=blog, uploaded_by=None, files=[Adoptable("a.pdf", "", timezone.now(), (part,))])


def import_table(blog: Blog) -> object:
    with NamedTemporaryFile() as file:
        file.write(b"title,content\r\nOne,Words\r\n")
        file.flush()
        return transfer.import_file(
            blog=blog, by=blog.owner, file=Path(file.name), with_blog=False, take_subscribers=None
        )


def bring_title_back(blog: Blog) -> object:
    with TemporaryDirectory() as folder:
        file = keep_past(Path(folder) / "past")
        Blog.objects.update(title="Changed since")
        with opened_past(file) as past:
            then, wishes = find_past_blog(past, blog.subdomain), Wishes(frozenset(["home"]), by=None)
            return transfer.bring_back(past=past, then=then, wishes=wishes, fetch=lambda name, file: False)


SEEN_BY_READERS: dict[str, Change] = {
    "blogs.change": lambda blog, post: blogs.change(blog, title="New"),
    "blogs.set_domain_answers": lambda blog, post: blogs.set_domain_answers(blog=blog, answers=True),
    "blogs.texts.save_home": lambda blog, post: texts.save_home(blog=blog, by=None, header="", text="New"),
    "blogs.texts.save_nav": lambda blog, post: texts.save_nav(blog=blog, by=None, text="New"),
    "blogs.texts.save_footer": lambda blog, post: texts.save_footer(blog=blog, by=None, text="New"),
    "blogs.texts.save_template": lambda blog, post: texts.save_template(blog=blog, by=None, text=""),
    "blogs.styling.update_styles": lambda blog, post: styling.update_styles(blog=blog, css="a {}", by=None),
    "blogs.styling.apply_theme": lambda blog, post: styling.apply_theme(blog=blog, theme="novel", by=None),
    "blogs.preferences.save_settings": lambda blog, post: preferences.save_settings(
        blog=blog, language="de", time_zone="UTC", has_likes=False, has_share_links=True
    ),
    "blogs.preferences.save_advanced": lambda blog, post: preferences.save_advanced(
        blog=blog,
        collects_analytics=True,
        date_format="",
        blog_path="notes",
        feed_alias="",
        meta_tag="",
        robots_text="",
        is_slug_taken=lambda slug: False,
    ),
    "blogs.preferences.save_head": lambda blog, post: preferences.save_head(blog=blog, head_html=""),
    "blogs.domain_claims.claim_domain": lambda blog, post: [
        add_claim(blog, has_domain=True),
        domain_claims.claim_domain(blog=blog, domain="www.example.org"),
    ],
    "blogs.domain_claims.release_domain": lambda blog, post: [
        add_claim(blog, has_domain=True),
        domain_claims.release_domain(blog=blog),
    ],
    "blogs.domain_claims.note_records": lambda blog, post: domain_claims.note_records(
        claim=add_claim(blog), proof=Found(("token",)), findings=[], now=timezone.now()
    ),
    "blogs.domain_claims.note_answer": lambda blog, post: domain_claims.note_answer(
        claim=add_claim(blog, has_domain=True), host="example.org", trouble=""
    ),
    "blogs.members.hand_over": lambda blog, post: members.hand_over(
        blog=blog, membership=add_heir(blog), typed_name=blog.subdomain
    ),
    "blogs.farewell.delete_account": lambda blog, post: farewell.delete_account(
        user=User.objects.get(email="bob@example.org"), email="bob@example.org", password=PASSWORD
    ),
    "blogs.touch": lambda blog, post: blogs.touch(blog),
    "blogs.withdraw": lambda blog, post: blogs.withdraw(blog),
    "blogs.create_blog": lambda blog, post: blogs.create_blog(owner=blog.owner, title="Two", subdomain="two"),
    "blogs.rename_blog": lambda blog, post: blogs.rename_blog(blog=blog, subdomain="renamed"),
    "blogs.set_custom_domain": lambda blog, post: blogs.set_custom_domain(blog=blog, domain="example.org"),
    "blogs.delete_blog": lambda blog, post: blogs.delete_blog(blog=blog),
    "posts.create_post": lambda blog, post: posts.create_post(blog=blog, title="Two", text=""),
    "posts.update_post": lambda blog, post: posts.update_post(
        post=post, title="New", text="", slug=post.slug, status="published"
    ),
    "posts.delete_post": lambda blog, post: posts.delete_post(post=post),
    "posts.save_post": lambda blog, post: posts.save_post(blog=blog, author=blog.owner, header="", text=""),
    "posts.restore_deleted": lambda blog, post: [
        posts.delete_post(post=post),
        posts.restore_deleted(blog=blog, key=post.creation_key, author=blog.owner),
    ],
    "posts.publish_due": lambda blog, post: [
        Post.objects.update(published_at=timezone.now()),
        Blog.objects.update(updated_at=timezone.now() - timedelta(days=1)),
        posts.publish_due(),
    ],
    "posts.bulk.publish_posts": lambda blog, post: [
        Post.objects.update(status="draft"),
        bulk.publish_posts(blog=blog, pks=[post.pk], by=None),
    ],
    "posts.bulk.unpublish_posts": lambda blog, post: bulk.unpublish_posts(blog=blog, pks=[post.pk], by=None),
    "posts.bulk.delete_posts": lambda blog, post: bulk.delete_posts(blog=blog, pks=[post.pk], by=None),
    "posts.bulk.add_tag": lambda blog, post: bulk.add_tag(blog=blog, pks=[post.pk], name="new", by=None),
    "posts.bulk.remove_tag": lambda blog, post: bulk.remove_tag(
        blog=blog, pks=[post.pk], name="tag", by=None
    ),
    "transfer.import_file": lambda blog, post: import_table(blog),
    "transfer.bring_back": lambda blog, post: bring_title_back(blog),
    "media.adopting.adopt": lambda blog, post: adopt_document(blog),
    "media.add_file": lambda blog, post: add_document(blog),
    "media.delete_files": lambda blog, post: media.delete_files(blog=blog, numbers=[add_document(blog).pk]),
    "moderation.decisions.decide": lambda blog, post: decisions.decide(
        blog=blog, decision=decisions.Decision.BLOCK, actor=blog.owner
    ),
    "moderation.people.decide_about": lambda blog, post: people.decide_about(
        user=blog.owner, decision=people.PersonDecision.DEACTIVATE, actor=add_operator()
    ),
}
# Of these, the ones that always take something away, or do where they were called above.
WITHDRAWING = {
    "blogs.set_domain_answers",
    "blogs.domain_claims.claim_domain",
    "blogs.domain_claims.release_domain",
    "blogs.domain_claims.note_records",
    "blogs.domain_claims.note_answer",
    "blogs.members.hand_over",
    "blogs.farewell.delete_account",
    "blogs.withdraw",
    "blogs.rename_blog",
    "blogs.set_custom_domain",
    "blogs.delete_blog",
    "posts.delete_post",
    "posts.restore_deleted",
    "posts.bulk.unpublish_posts",
    "posts.bulk.delete_posts",
    "moderation.decisions.decide",
    "moderation.people.decide_about",
}
# The others of which that depends on what they are called with.
WITHDRAWING_AT_TIMES: dict[str, Change] = {
    "posts.save_post": lambda blog, post: posts.save_post(
        blog=blog, author=blog.owner, header="", text="", post=post, publish=False
    ),
    "posts.update_post": lambda blog, post: posts.update_post(
        post=post, title="One", text="", slug="elsewhere", status="published"
    ),
}
UNSEEN_BY_READERS = {
    # Has nothing to say of any blog.
    "blogs.forget_main_pages",
    "newsletter.restoring.restore_subscribers",
    # What staff look at is a copy; what comes back of it comes by way of transfer.bring_back.
    "transfer.openings.ask_for_past",
    "transfer.openings.ask_to_bring_back",
    "transfer.openings.close_past",
    "transfer.openings.note_state",
    "accounts.invite",
    "accounts.accept_invitation",
    "accounts.withdraw_invitation",
    "accounts.make_writer",
    "accounts.make_traveller",
    "accounts.create_owner",
    "accounts.check_farewell",
    "accounts.delete_user",
    "blogs.domain_claims.ask_again",
    "blogs.members.invite_member",
    "blogs.members.accept_membership",
    "blogs.members.change_role",
    "blogs.members.remove_member",
    # What the file is called, and what a picture shows, reach readers through a text that is saved.
    "media.describe_file",
    "blogs.writing.keep_revision",
    "blogs.writing.autosave",
    "blogs.writing.discard_autosaves",
    "blogs.writing.move_autosaves",
    "blogs.writing.purge_autosaves",
    "posts.share_draft",
    "posts.revoke_share",
    "posts.deleted.purge_deleted",
    "posts.search.rebuild",
    "posts.search.sweep",
    "accounts.ask_to_write",
    "accounts.stop_asking_to_write",
    "accounts.take_writing_from",
    # Touches by way of moderation.people, which knows the person's blogs.
    "accounts.set_active",
    "analytics.count_lines",
    "analytics.forget_all_but",
    # Has the one page made again that shows the number.
    "conversation.like",
    "newsletter.subscribe",
    "newsletter.confirm",
    "newsletter.unsubscribe",
    "newsletter.ask_to_leave",
    "newsletter.add_subscribers",
    "newsletter.remove_subscribers",
    "newsletter.forget_unconfirmed",
    "newsletter.valid_email",
    "moderation.report",
    "moderation.may_ask_for_review",
    "moderation.ask_for_review",
    "moderation.withdraw_request",
    "moderation.hide_from",
    "moderation.show_again",
    # On its blog a hidden post stays as it is.
    "moderation.decisions.hide_post",
    "moderation.decisions.show_post",
}


def all_services() -> set[str]:
    found = set()
    for file in Path(domain.__path__[0]).glob("*/[a-z]*.py"):
        module = importlib.import_module(f"bearblog.domain.{file.parent.name}.{file.stem}")
        place = file.parent.name if file.stem == "services" else f"{file.parent.name}.{file.stem}"
        for name, function in inspect.getmembers(module, inspect.isfunction):
            # Outside of services.py a service is known by its transaction
            # (which wraps it by contextlib's "inner"; a context manager is wrapped by another name).
            is_service = file.stem == "services" or function.__code__.co_name == "inner"
            if function.__module__ == module.__name__ and is_service and not name.startswith("_"):
                found.add(f"{place}.{name}")
    return found


def test_every_service_is_listed_here() -> None:
    assert all_services() == set(SEEN_BY_READERS) | UNSEEN_BY_READERS


@pytest.mark.parametrize("name", sorted(SEEN_BY_READERS))
def test_a_change_that_readers_see_raises_the_version(
    name: str, blog: Blog, published: Post, hands: User
) -> None:
    asked = statements(SEEN_BY_READERS[name], blog, published)
    assert any('"version" = ("blogs_blog"."version" + 1)' in sql for sql in asked)
    assert any(WITHDRAWAL in sql for sql in asked) == (name in WITHDRAWING)


@pytest.mark.parametrize("name", sorted(WITHDRAWING_AT_TIMES))
def test_a_change_that_takes_something_away_withdraws_it(name: str, blog: Blog, published: Post) -> None:
    assert any(WITHDRAWAL in sql for sql in statements(WITHDRAWING_AT_TIMES[name], blog, published))


def statements(change: Change, blog: Blog, post: Post) -> list[str]:
    """What the database is asked for in the change."""
    with CaptureQueriesContext(connection) as queries:
        change(blog, post)
    return [query["sql"] for query in queries.captured_queries]
