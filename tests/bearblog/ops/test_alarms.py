"""What breaks and mends alarms on a box, and that the real worker tells of it once."""

import logging
from pathlib import Path

import pytest
from django.conf import settings

from bearblog.engines.alarms.book import Book
from bearblog.engines.alarms.handler import SpoolHandler
from bearblog.engines.vitals import findings
from bearblog.engines.vitals.findings import Finding
from bearblog.ops import alarm_duties, alarms
from tests.app_box import AppBox
from tests.bearblog.ops.web_server import WebServer
from tests.listener import Listener
from tests.replicas import await_true

FAILED = findings.fail("bucket", "It does not answer.", "See its status page.")
WARNED = findings.warning("bucket", "It is slow.", "Wait.")
OK = findings.ok("bucket", "It answers.")
ERROR = "import logging; logging.getLogger('bearblog.web').error('It failed: %s', 'words of an author')"


@pytest.fixture
def told(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> Listener:
    """The webhook of this box."""
    monkeypatch.setattr(settings, "ALARM_WEBHOOK", f"{listener.url}/hook")
    return listener


def broken() -> list[str]:
    return [name for name, alarm in alarms.book().read().alarms.items() if alarm.mended is None]


def test_a_message_names_the_site(told: Listener) -> None:
    alarms.break_unit("caddy.service")
    alarms.say()
    alarms.say()
    [text] = told.texts
    assert text.startswith("https://bear.localhost:8443/\nBroken since ")
    assert text.endswith(
        "unit caddy.service\ncaddy.service has failed.\n"
        "See: systemctl status caddy.service; journalctl -u caddy.service."
    )


def test_a_unit_mends_once(told: Listener) -> None:
    alarms.break_unit("caddy.service")
    assert alarms.broken_units() == ["caddy.service"]
    alarms.say()
    alarms.mend_units(["caddy.service", "litestream.service"])
    alarms.say()
    alarms.say()
    assert len(told.posted) == 2
    assert "Mended after " in told.texts[1]
    assert alarms.broken_units() == []


def test_the_doctor_is_believed_the_second_time(told: Listener) -> None:
    alarms.follow([FAILED])
    assert broken() == []
    alarms.follow([FAILED])
    assert broken() == ["doctor: bucket"]
    alarms.follow([FAILED])
    alarms.say()
    assert "doctor: bucket\nIt does not answer.\nSee its status page." in told.texts[0]
    alarms.follow([OK])
    alarms.say()
    assert len(told.posted) == 2


@pytest.mark.parametrize("between", [OK, WARNED])
def test_two_failures_with_another_run_between_are_none(between: Finding) -> None:
    for finding in (FAILED, between, FAILED):
        alarms.follow([finding])
    assert broken() == []


def test_a_warning_mends_nothing() -> None:
    for finding in (FAILED, FAILED, WARNED):
        alarms.follow([finding])
    assert broken() == ["doctor: bucket"]


def test_a_line_that_is_gone_is_mended_and_units_are_not_the_doctors() -> None:
    alarms.break_unit("caddy.service")
    alarms.follow([FAILED])
    alarms.follow([FAILED])
    alarms.follow([])
    assert broken() == ["unit caddy.service"]


def test_a_web_process_that_is_ready_breaks_nothing(web_server: WebServer) -> None:
    watch = alarms.WebWatch()
    for _ in range(2):
        watch.look()
    assert broken() == []
    assert web_server.asked == [("bear.localhost", "/readyz", "")] * 2


def test_a_web_process_that_is_not_ready_twice_is_an_alarm_until_it_is(web_server: WebServer) -> None:
    web_server.status = "503 Service Unavailable"
    watch = alarms.WebWatch()
    watch.look()
    assert broken() == []
    watch.look()
    assert broken() == [alarms.WEB]
    assert alarms.book().read().alarms[alarms.WEB].sentence == "out of order"
    web_server.status = None
    watch.look()
    assert broken() == []


def test_looks_of_a_worker_before_count_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # At a start of the box the worker is there first.
    monkeypatch.setattr(settings, "WEB_SOCKET", str(tmp_path / "not-yet.sock"))
    for _ in range(2):
        alarms.WebWatch().look()
    assert broken() == []


def test_a_web_process_that_does_not_answer_is_one_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "WEB_SOCKET", str(tmp_path / "nobody.sock"))
    watch = alarms.WebWatch()
    for _ in range(2):
        watch.look()
    assert "does not answer" in alarms.book().read().alarms[alarms.WEB].sentence


def test_without_a_way_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ALARM_EMAIL", "owner@example.org")
    monkeypatch.setattr(settings, "LETTER_BACKEND", "")
    # There is no provider that a letter could leave by.
    assert alarms.ways() == {}
    monkeypatch.setattr(settings, "LETTER_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
    assert list(alarms.ways()) == ["letter"]


def test_the_web_process_is_looked_at_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "WEB_SOCKET", "")
    assert len(alarm_duties.alarm_duties()) == 2
    monkeypatch.setattr(settings, "WEB_SOCKET", "/run/web.sock")
    assert len(alarm_duties.alarm_duties()) == 3


def test_errors_of_ours_and_of_requests_reach_the_handler() -> None:
    for name in ("bearblog", "django.request", "django_tasks"):
        handlers = logging.getLogger(name).handlers
        assert any(isinstance(handler, SpoolHandler) for handler in handlers), name


def test_the_worker_tells_of_an_error_of_another_process_once(app_box: AppBox, listener: Listener) -> None:
    address = app_box.folder / "alarm_webhook"
    address.write_text(f"{listener.url}/hook\n")
    app_box.settings["BEARBLOG_ALARM_WEBHOOK_FILE"] = str(address)
    for _ in range(3):
        assert app_box.manage("shell", "--no-imports", "--command", ERROR).returncode == 0
    app_box.start_worker()
    await_true(lambda: len(listener.posted) == 1)
    assert "It failed: … at bearblog.web (" in listener.texts[0]
    assert "author" not in listener.texts[0]
    assert "3 times" in listener.texts[0]
    book = Book(Path(f"{app_box.folder}-alarms"))
    await_true(lambda: [list(group.said) for group in book.read().errors.values()] == [["webhook"]])
    code, log = app_box.stop_worker(seconds=20)
    assert (code, "Traceback" in log) == (0, False)
    assert len(listener.posted) == 1
