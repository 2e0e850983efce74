"""A fresh box in people's hands: the one-time link, an invitation, a first post, by the front door."""

import io

import pytest
from PIL import Image

from deploy.droplet.box import Box
from tests.ansible.people import PASSWORD, create_owner, owner_of, publish
from tests.person import Person

pytestmark = pytest.mark.box


@pytest.fixture
def owner(box: Box) -> Person:
    """The owner, who has set a password by the one-time link and signed in."""
    return owner_of(box)


def test_the_owner_publishes_and_a_reader_reads(box: Box, owner: Person) -> None:
    publish(box, owner, title="First light", text="Words that *stay*.")
    with box.client() as reader:
        page = reader.get(f"{box.blog_url}first-light/")
    assert page.status_code == 200
    assert "Words that <em>stay</em>." in page.text
    assert not reader.cookies


def test_a_picture_goes_in_through_the_sandbox_and_out_through_caddy(box: Box, owner: Person) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (1200, 900), "teal").save(drawn, "PNG")
    owner.open(f"{box.site_url}studio/hello/media/")
    owner.client.headers["Accept"] = "application/json"
    token = owner.form("csrfmiddlewaretoken").fields["csrfmiddlewaretoken"]
    answer = owner.client.post(
        f"{box.site_url}studio/hello/media/upload/",
        data={"csrfmiddlewaretoken": token},
        files={"file": ("teal.png", drawn.getvalue())},
        headers={"Referer": f"{box.site_url}studio/hello/media/"},
    )
    assert answer.status_code == 201, answer.text
    with box.client() as reader:
        picture = reader.get(box.blog_url.rstrip("/") + answer.json()["url"])
    assert picture.headers["Content-Type"] == "image/webp"
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert Image.open(io.BytesIO(picture.content)).size == (1200, 900)


def test_the_one_time_link_works_once(box: Box, owner: Person) -> None:
    assert create_owner(box) == {"created": False, "password_link": None, "blog_url": box.blog_url}


def test_somebody_invited_signs_up_and_opens_a_blog(box: Box, owner: Person) -> None:
    link = next(
        word for word in box.ssh("bearblog invite bob@example.org").split() if word.startswith("https://")
    )
    bob = Person(box.client())
    bob.open(link)
    bob.send(password1=PASSWORD, email="bob@example.org")
    assert bob.page.url.path == "/studio/"
    bob.send(title="Bob's notes", subdomain="bob")
    with box.client() as reader:
        assert "Bob's notes" in reader.get(f"https://bob.bear.localhost:{box.https_port}/").text.replace(
            "&#x27;", "'"
        )


def test_a_stranger_cannot_sign_up(box: Box) -> None:
    stranger = Person(box.client())
    stranger.open(f"{box.site_url}account/signup/")
    assert "password1" not in stranger.page.text


def test_a_form_from_another_site_is_refused(box: Box, owner: Person) -> None:
    answer = owner.client.post(
        f"{box.site_url}studio/hello/posts/new/",
        data={"header": "title: Forged", "text": "Forged", "do": "publish"},
        headers={"Origin": "https://evil.example", "Referer": "https://evil.example/"},
    )
    assert answer.status_code == 403
