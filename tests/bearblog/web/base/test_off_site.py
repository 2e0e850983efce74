"""What a save says of its copy off the box: in the page, in the script's answer, on the page shown next."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.engines.replication import claiming, current, installation, standing
from bearblog.engines.replication.claiming import Standing
from bearblog.engines.replication.shared_sync import Answer
from bearblog.engines.replication.standing import StandingServer
from bearblog.web.base.off_site import COOKIE
from tests.conftest import PASSWORD
from tests.replicas import ReplicatedBox, await_true

SAFE = "Saved, and safe off the box."
PENDING = "Saved on the box, off-site copy pending."
SCRIPT = "base/off_site.js"
SETTINGS = "/studio/alice/settings/advanced/"


@pytest.fixture
def replica(
    folder_box: ReplicatedBox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ReplicatedBox]:
    """Litestream, the forwarder and the worker's word, for a box with a bucket."""

    def look() -> Answer:
        own = installation.read(folder_box.installation_file)
        is_named = own and claiming.check(folder_box.bucket, own).standing is Standing.NAMED
        return standing.named() if is_named else standing.refusal(503, "Not named.")

    server = StandingServer(tmp_path / "standing.sock", look)
    server.start()
    monkeypatch.setattr(settings, "OFF_SITE", True)
    monkeypatch.setattr(settings, "SYNC_SOCKET", str(folder_box.sync_socket))
    monkeypatch.setattr(settings, "STANDING_SOCKET", str(tmp_path / "standing.sock"))
    yield folder_box
    server.stop()


@pytest.fixture
def is_dead(replica: ReplicatedBox) -> None:
    """Litestream has ended."""
    replica.lose_litestream()


def publish(client: Client) -> None:
    words = {"header": "title: Rain\n", "text": "It rained.", "do": "publish"}
    response = client.post("/studio/alice/posts/new/", words)
    assert response.status_code == 302


def page(client: Client, address: str = "/studio/") -> str:
    return client.get(address).content.decode()


def is_safe(client: Client) -> bool:
    return bool(client.get("/off-site/").json()["safe"])


def test_the_page_after_a_save_says_once_that_it_is_safe(
    studio: Client, blog: Blog, replica: ReplicatedBox
) -> None:
    publish(studio)
    shown = page(studio)
    assert SAFE in shown and SCRIPT not in shown
    assert SAFE not in page(studio)


def test_the_script_of_the_editor_is_told_in_its_answer(
    studio: Client, blog: Blog, replica: ReplicatedBox
) -> None:
    words = {"header": "title: Rain\n", "text": "It rained.", "do": "save"}
    answer = studio.post("/studio/alice/posts/new/", words, headers={"accept": "application/json"})
    assert answer.json()["off_site"] == {"state": "safe", "sentence": SAFE}
    assert COOKIE not in answer.cookies


def test_a_page_that_answers_a_change_itself_says_it_too(
    studio: Client, blog: Blog, replica: ReplicatedBox
) -> None:
    invited = {"email": "bob@example.org", "role": "writer"}
    response = studio.post("/studio/alice/settings/people/", invited)
    assert response.status_code == 200
    assert SAFE in response.content.decode()


def test_a_pending_save_is_said_on_every_page_until_the_copy_is_there(
    studio: Client, blog: Blog, replica: ReplicatedBox, is_dead: None
) -> None:
    publish(studio)
    for _ in range(2):
        shown = page(studio)
        assert PENDING in shown and SCRIPT in shown
    assert not is_safe(studio)
    replica.stop()
    replica.start()
    await_true(lambda: SAFE in page(studio))
    assert COOKIE not in studio.cookies or not studio.cookies[COOKIE].value
    assert PENDING not in page(studio)


def test_a_pending_page_turns_by_asking(
    studio: Client, blog: Blog, replica: ReplicatedBox, is_dead: None
) -> None:
    publish(studio)
    replica.stop()
    replica.start()
    await_true(lambda: is_safe(studio))
    shown = page(studio)
    assert SAFE not in shown and PENDING not in shown


def test_a_box_that_is_not_named_says_pending(
    studio: Client, blog: Blog, replica: ReplicatedBox, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    claiming.claim(replica.bucket, other, site="https://x.example/", now=blog.created_at, start_new=True)
    publish(studio)
    assert PENDING in page(studio)
    assert current.read(replica.bucket) is not None


def test_a_change_of_the_account_is_waited_for(studio: Client, replica: ReplicatedBox) -> None:
    studio.post("/account/login/", {"login": "alice@example.org", "password": PASSWORD})
    new = {"oldpassword": PASSWORD, "password1": "a longer pass phrase", "password2": "a longer pass phrase"}
    response = studio.post("/account/password/change/", new)
    assert response.cookies[COOKIE].value == "safe"


def test_a_new_account_is_waited_for(
    main: Client, db: None, replica: ReplicatedBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SIGNUP", "open")
    typed = {"email": "dora@example.org", "password1": PASSWORD}
    response = main.post("/account/signup/", typed)
    assert User.objects.filter(email="dora@example.org").exists()
    assert response.cookies[COOKIE].value == "safe"


def test_an_upload_says_it(studio: Client, blog: Blog, replica: ReplicatedBox, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("A note.")
    with note.open("rb") as stream:
        answer = studio.post(
            "/studio/alice/media/upload/", {"file": stream}, headers={"accept": "application/json"}
        )
    assert answer.status_code == 201
    assert answer.json()["off_site"]["state"] == "safe"


def test_nobody_waits_for_an_autosave_a_sign_in_or_a_refusal(
    studio: Client, blog: Blog, alice: User, replica: ReplicatedBox
) -> None:
    kept = {
        "subject": "nav",
        "device": "0b9c1a52-1111-4222-8333-444455556666",
        "text": "[Home](/)",
        "header": "",
    }
    answers = [
        studio.post("/studio/alice/autosave/", kept),
        studio.post("/studio/alice/posts/new/", {"header": "publishd: yes", "text": "It rained."}),
        studio.post("/account/logout/"),
        studio.post("/account/login/", {"login": "alice@example.org", "password": PASSWORD}),
    ]
    assert [answer.status_code for answer in answers] == [200, 422, 302, 302]
    assert not any(COOKIE in answer.cookies for answer in answers)


def test_without_a_bucket_no_page_says_safe(studio: Client, blog: Blog) -> None:
    publish(studio)
    shown = page(studio)
    assert "safe" not in shown.lower() and PENDING not in shown
    words = {"header": "title: Sun\n", "text": "It shone.", "do": "save"}
    answer = studio.post("/studio/alice/posts/new/", words, headers={"accept": "application/json"})
    assert "off_site" not in json.loads(answer.content)
    assert not is_safe(studio)


def test_a_page_for_everybody_stays_one(main: Client, blog: Blog) -> None:
    shown = main.get("/")
    assert "public" in shown.headers["Cache-Control"]
    main.cookies[COOKIE] = "safe"
    told = main.get("/")
    assert SAFE in told.content.decode()
    assert told.headers["Cache-Control"] == "private, no-cache"
    assert SAFE not in main.get("/").content.decode()
