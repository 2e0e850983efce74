"""A reader asks for letters, says yes to them, and leaves again."""

import pytest
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.newsletter.models import Subscriber
from bearblog.engines.outbox.models import Letter

FROM_HERE = {"sec-fetch-site": "same-origin"}


def ask(reader: Client) -> Subscriber:
    reader.post("/subscribe/", {"email": "Dora@Example.org"}, headers=FROM_HERE)
    return Subscriber.objects.get()


def test_the_form_stands_on_a_page_of_its_own(reader: Client) -> None:
    response = reader.get("/subscribe/")
    page = response.content.decode()
    assert '<form class="email-signup" method="post" action="/subscribe/">' in page
    assert '<body class="subscribe">' in page
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_an_address_counts_once_it_is_confirmed(reader: Client, blog: Blog) -> None:
    response = reader.post("/subscribe/", {"email": "Dora@Example.org"}, headers=FROM_HERE)
    assert response.status_code == 200
    assert "We have written to you" in response.content.decode()
    subscriber = Subscriber.objects.get()
    assert subscriber.email == "dora@example.org"
    path = f"/confirm/{subscriber.token}/"
    assert path in Letter.objects.get().text

    assert '<button type="submit">' in reader.get(path).content.decode()
    assert not Subscriber.objects.confirmed().exists()
    assert "You are subscribed" in reader.post(path, headers=FROM_HERE).content.decode()
    assert Subscriber.objects.confirmed().exists()


def test_the_way_out_is_a_button(reader: Client) -> None:
    path = f"/unsubscribe/{ask(reader).token}/"
    response = reader.get(path)
    assert '<button type="submit">' in response.content.decode()
    assert Subscriber.objects.exists()
    response = reader.post(path, headers=FROM_HERE)
    assert "You have left" in response.content.decode()
    assert not Subscriber.objects.exists()
    assert response.headers["Cache-Control"] == "no-store"


def test_a_mail_program_may_press_the_button(reader: Client) -> None:
    path = f"/unsubscribe/{ask(reader).token}/"
    assert reader.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("email", ["", "x", "a@b", "a b@example.org", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_given_back_with_a_sentence(reader: Client, email: str) -> None:
    response = reader.post("/subscribe/", {"email": email}, headers=FROM_HERE)
    assert response.status_code == 422
    page = response.content.decode()
    assert '<p role="alert">' in page
    assert f'value="{email}"' in page
    assert not Subscriber.objects.exists()


def test_a_refusal_speaks_the_blogs_language(reader: Client, blog: Blog) -> None:
    Blog.objects.update(language="de")
    page = reader.post("/subscribe/", {"email": "x"}, headers=FROM_HERE).content.decode()
    assert "„x“ ist keine E-Mail-Adresse." in page
    assert "<h1>Abonnieren</h1>" in page


def test_a_form_without_a_field_is_answered(reader: Client) -> None:
    assert reader.post("/subscribe/", headers=FROM_HERE).status_code == 422


def test_a_form_of_another_site_is_refused(reader: Client) -> None:
    response = reader.post(
        "/subscribe/", {"email": "a@example.org"}, headers={"origin": "https://evil.example"}
    )
    assert response.status_code == 403
    assert "Not allowed" in response.content.decode()
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("path", ["/confirm/x/", "/unsubscribe/x/"])
def test_a_token_that_nobody_has_is_missing(reader: Client, path: str) -> None:
    assert reader.get(path).status_code == 404
    assert reader.post("/confirm/x/", headers=FROM_HERE).status_code == 404
    assert reader.post("/unsubscribe/x/").status_code == 200


def test_who_lost_the_letter_asks_for_the_way_out(reader: Client) -> None:
    token = ask(reader).token
    assert 'action="/unsubscribe/"' in reader.get("/unsubscribe/").content.decode()
    known = reader.post("/unsubscribe/", {"email": "dora@example.org"}, headers=FROM_HERE)
    unknown = reader.post("/unsubscribe/", {"email": "eve@example.org"}, headers=FROM_HERE)
    assert known.content == unknown.content
    assert Letter.objects.count() == 2
    assert Letter.objects.filter(text__contains=f"/unsubscribe/{token}/").exists()
    wrong = reader.post("/unsubscribe/", {"email": "nonsense"}, headers=FROM_HERE)
    assert wrong.status_code == 422
    assert reader.post("/unsubscribe/", {"email": "dora@example.org"}).status_code == 403
