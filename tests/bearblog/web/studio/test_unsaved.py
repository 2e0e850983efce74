"""What is typed and not saved: kept, offered, looked at, taken over, thrown away."""

import re
import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Autosave, Blog
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import save_post

pytestmark = pytest.mark.django_db

KEEP = "/studio/alice/autosave/"
NEW = "/studio/alice/posts/new/"


@pytest.fixture
def post(blog: Blog, alice: User) -> Post:
    return save_post(blog=blog, author=alice, header="title: Honey", text="Saved words")


@pytest.fixture
def address(post: Post) -> str:
    return f"/studio/alice/posts/{post.pk}/"


def typed(subject: str, text: str, device: uuid.UUID | None = None) -> dict[str, str]:
    return {
        "subject": subject,
        "header": "title: Honey",
        "text": text,
        "device": str(device or uuid.uuid4()),
    }


def test_a_newer_text_is_offered_and_never_taken_by_itself(
    studio: Client, blog: Blog, post: Post, address: str
) -> None:
    Blog.objects.update(time_zone="Asia/Tokyo")
    answer = studio.post(KEEP, typed(f"post:{post.creation_key}", "Typed on the train"))
    kept = Autosave.objects.get()
    page = studio.get(address).content.decode()
    assert answer.json()["at"] in page
    assert "There is an unsaved text from" in page
    assert "Saved words</textarea>" in page
    look = studio.get(f"/studio/alice/unsaved/{kept.pk}/").content.decode()
    assert "<del>Saved words</del>" in look
    assert "<ins>Typed on the train</ins>" in look


def test_it_is_taken_over_by_a_button_and_saved_by_another(studio: Client, post: Post, address: str) -> None:
    studio.post(KEEP, typed(f"post:{post.creation_key}", "Typed on the train"))
    kept = Autosave.objects.get()
    page = studio.post(address, {"do": "take", "unsaved": kept.pk}).content.decode()
    assert "Typed on the train</textarea>" in page
    post.refresh_from_db()
    assert post.text == "Saved words"
    assert Autosave.objects.exists()


def test_it_is_thrown_away_by_a_button(studio: Client, post: Post, address: str) -> None:
    studio.post(KEEP, typed(f"post:{post.creation_key}", "Typed on the train"))
    studio.post(address, {"do": "throw", "unsaved": Autosave.objects.get().pk})
    assert not Autosave.objects.exists()
    assert (
        "That unsaved text is not there"
        in studio.post(address, {"do": "take", "unsaved": "9"}, follow=True).content.decode()
    )


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "x"])
def test_a_number_that_no_unsaved_text_has_throws_nothing_away(
    studio: Client, post: Post, address: str, number: str
) -> None:
    page = studio.post(address, {"do": "throw", "unsaved": number}, follow=True)
    assert "not there any more" in page.text


def test_saving_forgets_this_device_and_keeps_the_other(studio: Client, post: Post, address: str) -> None:
    here, there = uuid.uuid4(), uuid.uuid4()
    for device, text in ((here, "Here"), (there, "There")):
        studio.post(KEEP, typed(f"post:{post.creation_key}", text, device))
    studio.post(address, {"header": "title: Honey", "text": "Here", "device": str(here)})
    assert Autosave.objects.get().device == there
    assert 'name="unsaved"' in studio.get(address).content.decode()


def test_what_says_the_same_is_not_offered(studio: Client, post: Post, address: str) -> None:
    form = typed(f"post:{post.creation_key}", "Saved words")
    studio.post(KEEP, {**form, "header": "title: Honey\nlink: honey\npublished_date:"})
    assert 'name="unsaved"' not in studio.get(address).content.decode()


def test_a_new_text_that_was_never_saved_is_found_again(studio: Client, blog: Blog) -> None:
    key = uuid.uuid4()
    studio.post(KEEP, typed(f"new:{key}", "Begun in a closed tab"))
    page = studio.get(NEW).content.decode()
    assert f'<a href="{NEW}?key={key}">Honey</a>' in page
    assert f"{NEW}?key={key}" in studio.get("/studio/alice/posts/").content.decode()
    page = studio.get(f"{NEW}?key={key}").content.decode()
    assert 'name="unsaved"' in page
    assert f'value="{key}"' in page
    form = {"do": "take", "unsaved": Autosave.objects.get().pk}
    page = studio.post(f"{NEW}?key={key}", form).content.decode()
    assert "Begun in a closed tab</textarea>" in page
    taken = re.search('name="taken" value="([^"]+)"', page)
    assert taken
    form = {"header": "title: Honey", "text": "Begun", "creation_key": str(key), "taken": taken[1]}
    studio.post(NEW, form)
    assert not Autosave.objects.exists()


def test_what_was_typed_on_after_it_was_taken_over_stays(studio: Client, post: Post, address: str) -> None:
    there = uuid.uuid4()
    studio.post(KEEP, typed(f"post:{post.creation_key}", "There", there))
    page = studio.post(address, {"do": "take", "unsaved": Autosave.objects.get().pk}).content.decode()
    taken = re.search('name="taken" value="([^"]+)"', page)
    assert taken
    studio.post(KEEP, typed(f"post:{post.creation_key}", "There, and on", there))
    studio.post(address, {"header": "title: Honey", "text": "There", "taken": taken[1]})
    assert Autosave.objects.get().text == "There, and on"


def test_the_first_save_forgets_this_device_and_keeps_the_other(studio: Client, blog: Blog) -> None:
    key, here, there = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    for device, text in ((here, "Here"), (there, "There")):
        studio.post(KEEP, typed(f"new:{key}", text, device))
    form = {"header": "title: Honey", "text": "Here", "creation_key": str(key), "device": str(here)}
    page = studio.post(NEW, form, follow=True).content.decode()
    assert Autosave.objects.get().device == there
    assert 'name="unsaved"' in page


def test_nobody_sees_the_unsaved_text_of_another(
    studio: Client, signed_in: Callable[[User], Client], blog: Blog, bob: User
) -> None:
    studio.post(KEEP, typed("home", "Secret"))
    kept = Autosave.objects.get()
    client = signed_in(bob)
    client.post("/studio/", {"title": "Bob's", "subdomain": "bob"})
    assert client.get(f"/studio/bob/unsaved/{kept.pk}/").status_code == 404
    page = client.post("/studio/bob/", {"do": "take", "unsaved": kept.pk}, follow=True).content.decode()
    assert "Secret" not in page


@pytest.mark.parametrize(
    "wrong", [{"subject": "settings"}, {"subject": "new:x"}, {"device": "x"}, {"device": ""}]
)
def test_a_damaged_form_is_refused_in_words(studio: Client, blog: Blog, wrong: dict[str, str]) -> None:
    response = studio.post(KEEP, typed("home", "Words") | wrong)
    assert response.status_code == 422
    assert "cannot be kept" in response.json()["error"]
    assert not Autosave.objects.exists()


def test_a_lost_session_keeps_nothing_and_says_so(studio: Client, blog: Blog) -> None:
    studio.cookies.clear()
    assert studio.post(KEEP, typed("home", "Words")).status_code == 403
    assert not Autosave.objects.exists()


def test_the_words_for_a_page_that_is_gone_are_given_back(studio: Client, post: Post, address: str) -> None:
    post.delete()
    page = studio.post(address, {"header": "title: Late", "text": "My precious words"})
    assert page.status_code == 404
    assert "My precious words" in page.text
