"""What makes a restored database one to be believed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from bearblog.engines.replication import canary
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.models import Canary
from bearblog.ops.lag import TABLES
from bearblog.ops.restored import look_over

pytestmark = pytest.mark.usefixtures("committed_db")


def write_canary() -> Canary:
    return canary.write(tables=TABLES, lag=None)


def publish(blog: Blog, count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            Post.objects.create(
                blog=blog,
                title="T",
                slug=f"post-{number}",
                text="Hello",
                status=Post.Status.PUBLISHED,
                published_at=timezone.now(),
            )


def test_a_whole_and_new_one_is_believed(blog: Blog) -> None:
    publish(blog, 2)
    written = write_canary()
    found = look_over(of=datetime.now(UTC))
    assert (found.moment, found.pages, found.blogs) == (written.moment, 2, 1)
    assert found.rows > 4
    assert "2 pages of 1 blogs" in found.describe()


def test_one_without_blogs_is_believed() -> None:
    write_canary()
    assert look_over(of=datetime.now(UTC)).pages == 0


def test_rows_that_came_and_the_few_that_went_since_are_no_loss(blog: Blog) -> None:
    publish(blog, 12)
    write_canary()
    Post.objects.filter(slug__endswith="1").delete()
    Post.objects.create(blog=blog, title="T", slug="later", text="")
    assert look_over(of=datetime.now(UTC)).blogs == 1


def test_one_without_a_canary_is_not(blog: Blog) -> None:
    with pytest.raises(ReplicationError, match="holds no canary"):
        look_over(of=datetime.now(UTC))


def test_for_a_restore_it_may_be_old_and_without_a_canary(blog: Blog) -> None:
    found = look_over(of=None)
    assert (found.moment, found.pages) == (None, 1)
    assert "of a moment not known" in found.describe()
    write_canary()
    assert look_over(of=None).moment is not None


def test_an_old_one_is_not(blog: Blog) -> None:
    write_canary()
    with pytest.raises(ReplicationError, match="60 minutes too old"):
        look_over(of=datetime.now(UTC) + timedelta(hours=1))


def test_one_that_lacks_rows_is_not(blog: Blog) -> None:
    publish(blog, 12)
    write_canary()
    Post.objects.all().delete()
    with pytest.raises(ReplicationError, match="posts_post has 0, its newest canary counted 12"):
        look_over(of=datetime.now(UTC))


def test_one_whose_pages_are_not_shown_is_not(blog: Blog) -> None:
    publish(blog, 1)
    write_canary()
    # A name that the application gives to no post, since its path leads elsewhere.
    Post.objects.update(slug="feed")
    with pytest.raises(ReplicationError, match="The page /feed/ of alice.bear.localhost is not shown"):
        look_over(of=datetime.now(UTC))
