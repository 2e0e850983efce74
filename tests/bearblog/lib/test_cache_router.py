"""Which database a table belongs to: each cache has its own, apart from what people wrote."""

import pytest
from django.core.cache.backends.db import BaseDatabaseCache

from bearblog.domain.posts.models import Post
from bearblog.lib.cache_router import CacheRouter


def table(name: str) -> object:
    return BaseDatabaseCache(name, {}).cache_model_class


@pytest.mark.parametrize("name", ["cache", "rendered"])
def test_a_caches_table_is_in_the_database_of_its_name(name: str) -> None:
    router, model = CacheRouter(), table(name)
    assert router.db_for_read(model) == router.db_for_write(model) == name
    for database in ("default", "cache", "rendered"):
        assert router.allow_migrate(database, "django_cache", model=model) is (database == name)


def test_everything_else_is_in_the_default_one() -> None:
    router = CacheRouter()
    assert router.db_for_read(Post) is router.db_for_write(Post) is None
    assert router.allow_migrate("default", "posts", model_name="post")
    assert not router.allow_migrate("cache", "posts", model_name="post")
    assert not router.allow_migrate("rendered", "posts")
