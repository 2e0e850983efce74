"""The media pages: the grid, one file, and deleting."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, Membership
from bearblog.domain.media.models import MediaFile
from bearblog.domain.media.services import add_file
from bearblog.domain.posts.models import Post
from tests.pictures import picture

LIST = "/studio/alice/media/"


@pytest.fixture
def file(blog: Blog, alice: User, tmp_path: Path) -> MediaFile:
    (tmp_path / "source").write_bytes(picture(600, 300))
    return add_file(
        blog=blog, uploaded_by=alice, source=tmp_path / "source", name="bear.png", alternative_text="A [bear]"
    )


@pytest.fixture
def member(blog: Blog, bob: User, signed_in: Callable[[User], Client]) -> Callable[[str], Client]:
    def client_as(role: str) -> Client:
        Membership.objects.create(
            blog=blog, email=bob.email, user=bob, role=role, token_hash="x", accepted_at=blog.created_at
        )
        return signed_in(bob)

    return client_as


def use(blog: Blog, file: MediaFile) -> None:
    text = f"![](/media/{file.sha256}.webp)"
    Post.objects.create(blog=blog, title="In the cave", slug="in-the-cave", text=text)


def test_the_grid_shows_pictures_from_the_blogs_own_host(studio: Client, file: MediaFile) -> None:
    answer = studio.get(LIST)
    page = answer.content.decode()
    small = file.variants.get()
    assert f"//alice.{settings.BLOGS_DOMAIN}:{settings.HTTPS_PORT}/media/{small.sha256}.webp" in page
    assert "bear.png" in page and "600 × 300" in page and "<meter" in page
    assert (
        f"https://*.{settings.BLOGS_DOMAIN}"
        in answer.headers["Content-Security-Policy"].partition("img-src")[2]
    )


def test_files_that_are_used_nowhere_are_listed(studio: Client, blog: Blog, file: MediaFile) -> None:
    assert "bear.png" in studio.get(f"{LIST}?unused=1").content.decode()
    use(blog, file)
    assert "bear.png" not in studio.get(f"{LIST}?unused=1").content.decode()


def test_the_home_page_counts_as_use_and_so_does_a_smaller_width(
    studio: Client, blog: Blog, file: MediaFile
) -> None:
    Blog.objects.filter(pk=blog.pk).update(
        css=f"body{{background:url(/media/{file.variants.get().sha256}.webp)}}"
    )
    assert "The style sheet" in studio.get(f"{LIST}{file.pk}/").content.decode()


def test_a_file_shows_where_it_is_used_and_how_to_use_it(studio: Client, blog: Blog, file: MediaFile) -> None:
    use(blog, file)
    page = studio.get(f"{LIST}{file.pk}/").content.decode()
    assert "In the cave" in page
    assert f"![A \\[bear\\]](/media/{file.sha256}.webp)" in page


def test_a_file_is_renamed_and_described(studio: Client, file: MediaFile) -> None:
    answer = studio.post(f"{LIST}{file.pk}/", {"name": "brown.png", "alternative_text": "Brown"})
    assert answer.status_code == 302
    file.refresh_from_db()
    assert (file.name, file.alternative_text) == ("brown.png", "Brown")


def test_a_description_that_is_too_long_stays_in_the_form(studio: Client, file: MediaFile) -> None:
    answer = studio.post(f"{LIST}{file.pk}/", {"name": "a", "alternative_text": "x" * 1001})
    assert answer.status_code == 422
    assert "x" * 1001 in answer.content.decode()


def test_deleting_first_says_what_uses_the_files(studio: Client, blog: Blog, file: MediaFile) -> None:
    use(blog, file)
    page = studio.post(f"{LIST}delete/", {"chosen": [file.pk]}).content.decode()
    assert "In the cave" in page
    assert MediaFile.objects.exists()
    assert studio.post(f"{LIST}delete/", {"chosen": [file.pk], "do": "delete-now"}).status_code == 302
    assert not MediaFile.objects.exists()


@pytest.mark.parametrize("chosen", [[], ["x"], ["9" * 30], ["987654"]])
def test_deleting_nothing_changes_nothing(studio: Client, file: MediaFile, chosen: list[str]) -> None:
    studio.post(f"{LIST}delete/", {"chosen": chosen, "do": "delete-now"})
    assert MediaFile.objects.exists()


def test_a_writer_sees_the_files_but_changes_and_deletes_none_of_others(
    member: Callable[[str], Client], file: MediaFile
) -> None:
    writer = member("writer")
    assert writer.get(LIST).status_code == 200
    page = writer.get(f"{LIST}{file.pk}/")
    assert page.status_code == 200
    assert "Delete this file" not in page.content.decode()
    assert writer.post(f"{LIST}{file.pk}/", {"name": "mine"}).status_code == 404
    assert writer.post(f"{LIST}delete/", {"chosen": [file.pk], "do": "delete-now"}).status_code == 404


def test_an_editor_deletes(member: Callable[[str], Client], file: MediaFile) -> None:
    assert (
        member("editor").post(f"{LIST}delete/", {"chosen": [file.pk], "do": "delete-now"}).status_code == 302
    )
    assert not MediaFile.objects.exists()


def test_the_files_of_another_blog_are_nowhere(
    signed_in: Callable[[User], Client], bob: User, file: MediaFile
) -> None:
    for path in (LIST, f"{LIST}{file.pk}/"):
        assert signed_in(bob).get(path).status_code == 404


def test_pages_cost_a_bounded_number_of_queries(
    studio: Client, blog: Blog, file: MediaFile, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for number in range(60):
        MediaFile.objects.create(
            blog=blog, sha256=f"{number:064x}", extension="webp", content_type="image/webp", name="x", size=1
        )
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        assert "Page 1 of 2" in studio.get(LIST).content.decode()
