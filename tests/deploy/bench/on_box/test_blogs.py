import json

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.selectors import published
from deploy.bench.on_box.blogs import write_authors, write_blogs, write_until


@pytest.mark.django_db
def test_authors_are_signed_in(capsys: pytest.CaptureFixture[str]) -> None:
    write_authors(2)
    sessions = json.loads(capsys.readouterr().out)
    assert list(sessions) == ["author-001@example.org", "author-002@example.org"]
    assert Session.objects.filter(pk__in=sessions.values()).count() == 2


@pytest.mark.django_db
def test_blogs_have_posts_of_real_length_by_authors_in_turns() -> None:
    write_authors(2)
    write_blogs(["one", "two", "three"], posts=5, characters=(3_000, 7_000))
    owners = [str(blog.owner) for blog in Blog.objects.order_by("pk")]
    assert owners == ["author-001@example.org", "author-002@example.org", "author-001@example.org"]
    posts = published(Blog.objects.get(subdomain="two"))
    assert len(posts) == 5
    assert all(3_000 <= len(post.text) <= 7_000 for post in posts)
    assert all(post.tags.count() == 2 for post in posts)


@pytest.mark.django_db
def test_blogs_are_written_until_the_database_is_as_large_as_wanted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_authors(2)
    write_until(0.1, "large", posts=5, characters=(500, 500))
    assert not Blog.objects.exists()
    capsys.readouterr()
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        (empty,) = cursor.fetchone()
    write_until(empty / 1e6 + 1, "large", posts=50, characters=(9_000, 9_000))
    assert len(published(Blog.objects.get(subdomain="large-1"))) == 50
    count = Blog.objects.count()
    assert float(capsys.readouterr().out.split()[-2]) >= round(empty / 1e6 + 1)
    write_until(empty / 1e6 + 2, "large", posts=50, characters=(9_000, 9_000))
    assert Blog.objects.filter(subdomain=f"large-{count + 1}").exists()
