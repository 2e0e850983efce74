"""What counting asks of the database: seldom, however much there is to count, and from an index."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bearblog.domain.accounts.models import User
from bearblog.domain.analytics.log_reader import LogReader
from bearblog.domain.analytics.models import Count
from bearblog.domain.blogs.models import Blog, FormerName
from bearblog.domain.posts.models import Post
from tests.logs import Log, beacon, log_line


@pytest.fixture
def blogs(alice: User) -> list[Blog]:
    """Blogs with posts, domains and names that they had before."""
    made = Blog.objects.bulk_create(
        Blog(owner=alice, title="B", subdomain=f"b{number}", custom_domain=f"b{number}.example")
        for number in range(20)
    )
    FormerName.objects.bulk_create(FormerName(blog=blog, subdomain=f"was-{blog.subdomain}") for blog in made)
    Post.objects.bulk_create(
        Post(blog=blog, title="P", slug=f"p{number}", status="published", published_at="2020-01-01T00:00Z")
        for blog in made
        for number in range(20)
    )
    return made


def visits(blogs: list[Blog], posts: int) -> Iterator[bytes]:
    for number, blog in enumerate(blogs):
        name = blog.subdomain
        for host in (f"{name}.bear.localhost", f"www.{name}.example", f"was-{name}.bear.localhost"):
            address = f"203.0.113.{number}"
            for post in range(posts):
                path = f"/p{post}/"
                yield log_line(path, referrer=f"https://site{post}.example", host=host, address=address)
                yield beacon(path, host=host, address=address)
            yield log_line("/feed/", user_agent="Miniflux/2.2", host=host, address=address)


def test_many_visits_ask_no_more_often_than_few(log: Log, blogs: list[Blog]) -> None:
    log.append(*visits(blogs[:1], 1))
    with CaptureQueriesContext(connection) as few:
        LogReader(log.path, log.machine_id).read()
    log.append(*visits(blogs, 20))
    with CaptureQueriesContext(connection) as many:
        LogReader(log.path, log.machine_id).read()
    assert Count.objects.filter(kind="page").count() == 400
    assert len(many) <= len(few) <= 20


def test_nothing_new_asks_for_the_places_alone(log: Log, blogs: list[Blog]) -> None:
    log.append(*visits(blogs, 2))
    reader = LogReader(log.path, log.machine_id)
    reader.read()
    with CaptureQueriesContext(connection) as asked:
        assert reader.read() == 0
    questions = [query["sql"] for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(questions) == 1


def test_no_table_is_read_whole_but_that_of_the_places(log: Log, blogs: list[Blog]) -> None:
    log.append(*visits(blogs, 20))
    with CaptureQueriesContext(connection) as asked:
        LogReader(log.path, log.machine_id).read()
    questions = [query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT")]
    assert len(questions) > 5
    assert [sql for sql in questions if scans(sql) and "analytics_logplace" not in sql] == []


def scans(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"), ())
        steps = [row[3] for row in cursor.fetchall()]
    return [step for step in steps if step.startswith("SCAN") and " VIRTUAL TABLE INDEX " not in step]
