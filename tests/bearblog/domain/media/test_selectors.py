"""Pictures found by the address that a text gives them."""

from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.media.models import MediaFile
from bearblog.domain.media.selectors import picture_finder, space_of
from bearblog.domain.media.services import add_file
from tests.pictures import picture


@pytest.fixture
def file(blog: Blog, alice: User, tmp_path: Path) -> MediaFile:
    (tmp_path / "source").write_bytes(picture(1000, 500))
    return add_file(blog=blog, uploaded_by=alice, source=tmp_path / "source", name="bear.png")


def test_a_picture_is_found_with_its_size_and_its_widths(blog: Blog, file: MediaFile) -> None:
    path = f"/media/{file.sha256}.webp"
    found = picture_finder(blog)(path)
    assert found is not None
    assert (found.width, found.height) == (1000, 500)
    variants = [(f"/media/{one.sha256}.webp", one.width) for one in file.variants.all()]
    assert found.sources == (*variants, (path, 1000))


@pytest.mark.parametrize(
    "before",
    [
        f"https://alice.{settings.BLOGS_DOMAIN}",
        f"//alice.{settings.BLOGS_DOMAIN}:8443",
        "http://cave.example",
    ],
)
def test_a_picture_is_found_by_a_whole_address(blog: Blog, file: MediaFile, before: str) -> None:
    blog.custom_domain = "cave.example"
    assert picture_finder(blog)(f"{before}/media/{file.sha256}.webp") is not None


@pytest.mark.parametrize("source", ["https://evil.example{}", "{}?x", "x{}", "/elsewhere.png", ""])
def test_other_addresses_lead_to_no_picture(blog: Blog, file: MediaFile, source: str) -> None:
    assert picture_finder(blog)(source.format(f"/media/{file.sha256}.webp")) is None


def test_a_page_costs_one_query_and_one_more_for_whole_addresses(
    blog: Blog, file: MediaFile, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = f"/media/{file.sha256}.webp"
    for finder in (picture_finder(blog), picture_finder(blog, f"![]({path})")):
        with django_assert_num_queries(1):
            assert finder(path)
            assert finder(path.replace(file.sha256, "0" * 64)) is None
    with django_assert_num_queries(0):
        picture_finder(blog)("https://elsewhere.example/a.png")
    finder = picture_finder(blog)
    with django_assert_num_queries(2):
        for _ in range(3):
            assert finder(f"https://alice.{settings.BLOGS_DOMAIN}{path}")
            assert finder(f"https://elsewhere.example{path}") is None


def test_the_space_counts_every_width(blog: Blog, file: MediaFile) -> None:
    assert space_of(blog).used == file.size + sum(one.size for one in file.variants.all())
