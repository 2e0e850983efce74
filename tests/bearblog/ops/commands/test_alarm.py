"""The command that systemd calls when a unit has failed, and that tries the ways."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from bearblog.ops import alarms
from tests.app_box import AppBox
from tests.listener import Listener


@pytest.fixture
def told(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> Listener:
    """The webhook of this box."""
    monkeypatch.setattr(settings, "ALARM_WEBHOOK", f"{listener.url}/hook")
    return listener


def call(*arguments: str) -> str:
    out = StringIO()
    call_command("alarm", *arguments, stdout=out)
    return out.getvalue()


def test_a_failed_unit_is_told_once_however_often_it_fails(told: Listener) -> None:
    for _ in range(3):
        call("--unit", "caddy.service")
    [text] = told.texts
    assert "caddy.service has failed." in text


def test_it_needs_neither_worker_nor_database(bare_box: AppBox, listener: Listener) -> None:
    bare_box.database.write_bytes(os.urandom(4096))
    address = bare_box.folder / "alarm_webhook"
    address.write_text(f"{listener.url}/hook\n")
    bare_box.settings["BEARBLOG_ALARM_WEBHOOK_FILE"] = str(address)
    done = bare_box.manage("alarm", "--unit", "bearblog.service")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(listener.posted) == 1


def test_a_test_says_that_it_is_one_and_breaks_nothing(told: Listener) -> None:
    assert call("--test") == "webhook: told.\n"
    assert "This is a test" in told.texts[0]
    assert alarms.book().read().alarms == {}


def test_a_test_that_does_not_arrive_fails(told: Listener) -> None:
    told.status = 404
    with pytest.raises(CommandError, match="^webhook: The answer was 404.$"):
        call("--test")


def test_without_any_way_a_test_fails_and_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ALARM_WEBHOOK", "")
    with pytest.raises(CommandError, match="set alarm_webhook"):
        call("--test")


def test_nothing_broken_is_listed_as_such() -> None:
    assert call("--list") == "Nothing is broken, as far as alarms tell.\n"


def test_what_is_broken_is_listed_with_who_was_told(
    told: Listener, capsys: pytest.CaptureFixture[str]
) -> None:
    alarms.break_unit("caddy.service")
    alarms.say()
    told.status = 500
    alarms.break_unit("litestream.service")
    alarms.say()
    with pytest.raises(SystemExit) as ended:
        call_command("alarm", "--list")
    assert ended.value.code == 1
    listed = capsys.readouterr().out
    assert "unit caddy.service, since " in listed
    assert "told: webhook" in listed
    assert "told: nobody yet" in listed
    assert "The webhook takes nothing: The answer was 500. It is tried again." in listed


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(settings, "ALARMS_DIR", tmp_path / "file")
    with pytest.raises(CommandError, match="cannot be read or written"):
        call("--unit", "caddy.service")
