"""The names of files of posts."""

from uuid import UUID

import pytest

from bearblog.domain.transfer.post_files import free_name
from bearblog.domain.transfer.records import PostRecord


def named(slug: str, *, is_page: bool = False) -> PostRecord:
    return PostRecord(key=UUID(int=1), source="", title="", slug=slug, text="", is_page=is_page)


def test_each_post_has_a_file_of_its_own() -> None:
    taken: set[str] = set()
    names = [free_name(named(slug), taken) for slug in ("rain", "Rain", "a/b", "a_b")]
    names.append(free_name(named("rain", is_page=True), taken))
    assert names == ["posts/rain.md", "posts/Rain-2.md", "posts/a_b.md", "posts/a_b-2.md", "pages/rain.md"]


@pytest.mark.parametrize("slug", ["日" * 200, "é" * 200, "a" * 200, "..", "", "../../x"])
def test_a_name_can_be_that_of_a_file(slug: str) -> None:
    taken: set[str] = set()
    names = {free_name(named(slug), taken) for _ in range(3)}
    assert len(names) == 3
    for name in names:
        folder, _, file = name.partition("/")
        assert folder == "posts"
        assert "/" not in file
        assert not file.startswith(".")
        assert len(file.encode()) <= 255
