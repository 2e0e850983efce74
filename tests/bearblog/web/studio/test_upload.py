"""Files sent by the editor's script, and by a plain form."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, Membership
from bearblog.domain.media.models import MediaFile
from tests.pictures import photograph, picture

ADDRESS = "/studio/alice/media/upload/"
SCRIPT = {"accept": "application/json"}


def sent(content: bytes, name: str = "bear.png") -> SimpleUploadedFile:
    # The declared type is a lie, as it may be.
    return SimpleUploadedFile(name, content, content_type="text/html")


def test_a_script_learns_what_to_write_into_the_text(studio: Client, blog: Blog, alice: User) -> None:
    answer = studio.post(ADDRESS, {"file": sent(picture()), "alternative_text": "A bear"}, headers=SCRIPT)
    file = MediaFile.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "url": f"/media/{file.sha256}.webp",
        "markdown": f"![A bear](/media/{file.sha256}.webp)",
        "name": "bear.png",
        "page": f"/studio/alice/media/{file.pk}/",
    }
    assert (file.blog, file.uploaded_by) == (blog, alice)


def test_a_film_and_a_document_are_written_as_what_they_are(studio: Client, blog: Blog) -> None:
    film = studio.post(ADDRESS, {"file": sent(b"\0\0\0\x18ftypisom" + bytes(20))}, headers=SCRIPT).json()
    assert film["markdown"] == f'<video controls src="{film["url"]}"></video>'
    paper = studio.post(ADDRESS, {"file": sent(b"%PDF-1.7", "a [b].pdf")}, headers=SCRIPT).json()
    assert paper["markdown"] == rf"[a \[b\].pdf]({paper['url']})"


def test_a_large_file_that_django_keeps_on_disk_is_taken_too(studio: Client, blog: Blog) -> None:
    content = b"%PDF-" + bytes(3_000_000)
    assert studio.post(ADDRESS, {"file": sent(content)}, headers=SCRIPT).status_code == 201


def test_a_picture_may_keep_its_format(studio: Client, blog: Blog) -> None:
    form = {"file": sent(photograph()), "keeps_format": "on"}
    assert studio.post(ADDRESS, form, headers=SCRIPT).json()["url"].endswith(".jpg")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\x7fELF", "of no kind"), (b"", "empty"), (bytes(11_000_000), "at most 10 MB")],
    ids=["a program", "empty", "large"],
)
def test_a_refusal_is_an_error_and_says_why(studio: Client, blog: Blog, content: bytes, words: str) -> None:
    answer = studio.post(ADDRESS, {"file": sent(content)}, headers=SCRIPT)
    assert answer.status_code == 422
    assert words in answer.json()["error"]
    assert not MediaFile.objects.exists()


def test_a_script_sends_one_file_at_a_time(studio: Client, blog: Blog) -> None:
    for files in ([], [sent(b"%PDF-1"), sent(b"%PDF-2")]):
        answer = studio.post(ADDRESS, {"file": files}, headers=SCRIPT)
        assert (answer.status_code, answer.json()["error"]) == (422, "Send one file at a time.")


def test_a_plain_form_sends_many_and_hears_of_each(studio: Client, blog: Blog) -> None:
    files = [sent(picture(), "one.png"), sent(b"\x7fELF", "two.exe"), sent(b"%PDF-1.7", "three.pdf")]
    page = studio.post(ADDRESS, {"file": files}, follow=True).content.decode()
    assert "“one.png” is here." in page
    assert "“two.exe” is of no kind" in page
    assert "“three.pdf” is here." in page


def test_a_form_without_a_file_says_so(studio: Client, blog: Blog) -> None:
    assert "Choose a file first." in studio.post(ADDRESS, follow=True).content.decode()


def test_a_script_whose_session_is_over_is_told_so(main: Client, blog: Blog) -> None:
    answer = main.post(ADDRESS, {"file": sent(picture())}, headers=SCRIPT)
    assert (answer.status_code, answer.json()["error"][:20]) == (403, "You are signed out. ")


def test_a_writer_may_upload_and_a_stranger_may_not(
    signed_in: Callable[[User], Client], blog: Blog, bob: User, charlie: User
) -> None:
    Membership.objects.create(
        blog=blog, email=bob.email, user=bob, role="writer", token_hash="x", accepted_at=blog.created_at
    )
    assert signed_in(bob).post(ADDRESS, {"file": sent(b"%PDF-1.7")}, headers=SCRIPT).status_code == 201
    assert signed_in(charlie).post(ADDRESS, {"file": sent(b"%PDF-1.7")}, headers=SCRIPT).status_code == 404
    assert signed_in(bob).get(ADDRESS).status_code == 405
