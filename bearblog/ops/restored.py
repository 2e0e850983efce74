"""Looks at a restored database as its readers would: how new it is, how whole, and whether its pages show."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.test import Client

from bearblog.domain.blogs.addresses import own_host
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.redirects import destination
from bearblog.domain.blogs.selectors import some_visible
from bearblog.domain.posts.addresses import post_path
from bearblog.domain.posts.selectors import published_posts
from bearblog.engines.replication import canary
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.models import Canary

BLOGS_LOOKED_AT = 10
OLDEST_CANARY = timedelta(minutes=5)
# Between a canary and the end of the replica some rows may have been deleted by their owners.
_FEW, _SHARE = 10, 10


@dataclass(frozen=True)
class Restored:
    """What was found: the moment that the state reaches at least, if known, its rows, the pages made."""

    moment: datetime | None
    rows: int
    pages: int
    blogs: int

    def describe(self) -> str:
        """The findings in a few words."""
        moment = f"{self.moment:%Y-%m-%d %H:%M:%S} UTC or later" if self.moment else "a moment not known"
        return f"of {moment}, {self.rows} rows, {self.pages} pages of {self.blogs} blogs"


def look_over(*, of: datetime | None) -> Restored:
    """What the database holds, which should be the state of that moment; None takes it as old as it is.

    Raises ReplicationError where its newest canary is too old, rows are missing, or a page is not shown.
    """
    newest = canary.newest()
    if of is not None:
        _refuse_old(newest, of)
    if newest is not None:
        _refuse_loss(newest)
    tables = connection.introspection.django_table_names(only_existing=True)
    blogs = some_visible(BLOGS_LOOKED_AT)
    return Restored(
        moment=newest.moment if newest else None,
        rows=sum(canary.count_rows(tables).values()),
        pages=sum(_show(blog) for blog in blogs),
        blogs=len(blogs),
    )


def _refuse_old(newest: Canary | None, of: datetime) -> None:
    if newest is None:
        raise ReplicationError(
            "It holds no canary, so nobody can say how new it is. Does bearblog-worker run?"
        )
    age = of - newest.moment
    if age > OLDEST_CANARY:
        raise ReplicationError(
            f"Its newest canary is of {newest.moment:%Y-%m-%d %H:%M:%S} UTC, {age.total_seconds() / 60:.0f} "
            "minutes too old: bearblog-worker did not run, or what was written since is not in it."
        )


def _refuse_loss(newest: Canary) -> None:
    found = canary.count_rows(newest.rows)
    for table, counted in newest.rows.items():
        if counted - found[table] > max(_FEW, counted // _SHARE):
            raise ReplicationError(
                f"Rows are missing: {table} has {found[table]}, its newest canary counted {counted}."
            )


def _show(blog: Blog) -> int:
    """How many pages of the blog were made: its home page, and its newest post where there is one."""
    host = destination(blog, own_host(blog), "/") or own_host(blog)
    post = published_posts(blog).first()
    paths = ["/", post_path(post)] if post else ["/"]
    for path in paths:
        response = Client(raise_request_exception=False).get(
            path, headers={"host": host, "x-forwarded-proto": "https"}, SERVER_NAME=host
        )
        if response.status_code != 200 or b"</html>" not in response.content:
            raise ReplicationError(f"The page {path} of {host} is not shown (status {response.status_code}).")
    return len(paths)
