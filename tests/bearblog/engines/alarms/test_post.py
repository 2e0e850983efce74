"""What is posted, and every way in which it may not arrive; no complaint names the address."""

import socket
from contextlib import closing

import pytest

from bearblog.engines.alarms import webhook
from bearblog.engines.alarms.errors import NotSent
from bearblog.engines.alarms.post import post
from tests.listener import Listener

SECRET = "/services/T0/B0/secret?key=1"


def test_a_text_arrives_as_slack_takes_it(listener: Listener) -> None:
    webhook.send(listener.url + SECRET, "Broken: <caddy> & more")
    [posted] = listener.posted
    assert posted.path == SECRET
    assert posted.content_type == "application/json"
    assert posted.text == "Broken: &lt;caddy&gt; &amp; more"


def test_any_success_will_do(listener: Listener) -> None:
    listener.status = 204
    webhook.send(listener.url, "x")
    assert len(listener.posted) == 1


@pytest.mark.parametrize("status", [400, 404, 429, 500])
def test_a_refusal_is_said(listener: Listener, status: int) -> None:
    listener.status = status
    with pytest.raises(NotSent, match=f"^The answer was {status}.$"):
        webhook.send(listener.url, "x")


def test_a_redirect_is_not_followed(listener: Listener) -> None:
    listener.status, listener.location = 307, f"{listener.url}/elsewhere"
    with pytest.raises(NotSent, match="307"):
        webhook.send(listener.url, "x")
    assert [posted.path for posted in listener.posted] == ["/"]


def test_silence_ends(listener: Listener) -> None:
    listener.answers.clear()
    with pytest.raises(NotSent, match="no answer within"):
        webhook.send(listener.url, "x", seconds=0.2)


def test_nobody_there_is_said_without_the_address(listener: Listener) -> None:
    listener.close()
    with pytest.raises(NotSent, match="no connection") as caught:
        webhook.send(listener.url + SECRET, "x")
    assert "secret" not in str(caught.value) and "127.0.0.1" not in str(caught.value)
    listener.open()


def test_what_speaks_no_http_is_said() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        server.listen()
        url = f"https://127.0.0.1:{server.getsockname()[1]}"
        # Nobody answers the greeting of TLS.
        with pytest.raises(NotSent):
            post(url, b"x", content_type="text/plain", seconds=0.2)


@pytest.mark.parametrize("url", ["", "hooks.example.org/x", "ftp://example.org/x", "https://", "http://a:b/"])
def test_an_address_that_is_none_is_said(url: str) -> None:
    with pytest.raises(NotSent, match="no http:// or https:// address"):
        post(url, b"x", content_type="text/plain")
