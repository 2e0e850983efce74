"""What the worker asks of the web process."""

import socket
from pathlib import Path

import pytest
from django.conf import settings

from bearblog.domain.blogs.models import Blog
from bearblog.lib import request_id
from bearblog.ops import web_process
from bearblog.ops.web_process import NoAnswer, Render
from tests.bearblog.ops.web_server import WebServer

HOST = "alice.bear.localhost"
NAME = "706bb34f-8253-4024-8414-7bc3d2f4edc8"


def test_it_gets_what_a_reader_would_get(web_server: WebServer, blog: Blog) -> None:
    answer = web_process.ask(HOST, "/", Render.COMPARE)
    assert answer.status == 200
    assert b"Alice&#x27;s notes" in answer.body
    assert web_server.asked == [(HOST, "/", "compare")]


def test_each_request_has_a_name_of_its_own(web_server: WebServer, blog: Blog) -> None:
    for _ in range(2):
        web_process.ask(HOST, "/", Render.COMPARE)
    with request_id.carried(NAME):
        web_process.ask(HOST, "/", Render.COMPARE)
    first, second, third = web_server.names
    assert len({first, second, ""}) == 3
    assert third == NAME


def test_a_path_may_have_letters_of_all_kinds(web_server: WebServer, blog: Blog) -> None:
    assert web_process.ask(HOST, "/über uns?/100%/", Render.AGAIN).status == 404
    assert web_server.asked == [(HOST, "/über uns?/100%/", "again")]


def test_nobody_at_the_socket_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "WEB_SOCKET", str(tmp_path / "web.sock"))
    with pytest.raises(NoAnswer, match="does not answer"):
        web_process.ask(HOST, "/", Render.AGAIN)


def test_somebody_who_says_nothing_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "web.sock")
    monkeypatch.setattr(settings, "WEB_SOCKET", path)
    monkeypatch.setattr(web_process, "_SECONDS", 0.05)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(path)
        silent.listen()
        with pytest.raises(NoAnswer):
            web_process.ask(HOST, "/", Render.AGAIN)


def test_it_says_of_itself_whether_it_is_ready(web_server: WebServer, blog: Blog) -> None:
    assert web_process.readiness() == web_process.Answer(200, b"ready\n")
    assert web_server.asked == [("bear.localhost", "/readyz", "")]
