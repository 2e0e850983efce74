"""The doctor's lines on tasks and letters that wait."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bearblog.engines.outbox.models import Letter
from bearblog.engines.outbox.tasks import send_letters
from bearblog.engines.vitals.findings import Grade
from bearblog.ops import examine_queue

pytestmark = pytest.mark.django_db
BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def letter(status: str, *, age: timedelta = timedelta()) -> None:
    Letter.objects.create(
        sender="a@example.org",
        recipient="b@example.org",
        subject="Hello",
        text="Hello",
        status=status,
        created_at=timezone.now() - age,
    )


def test_an_empty_queue_and_a_task_of_now_are_well() -> None:
    assert examine_queue.queue().sentence == "0 tasks wait, none for long."
    send_letters.enqueue("")
    assert examine_queue.queue().sentence == "1 tasks wait, none for long."


def test_a_task_that_nobody_takes_up_is_told() -> None:
    send_letters.enqueue("")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=7, seconds=5))
    finding = examine_queue.queue()
    assert (finding.grade, finding.sentence) == (Grade.FAIL, "The oldest task has waited 7 minutes.")
    assert "bearblog-worker" in finding.mend


def test_a_letter_that_nobody_sends_is_told_where_there_is_a_provider(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letter(Letter.Status.QUEUED, age=timedelta(minutes=16))
    letter(Letter.Status.SENT, age=timedelta(days=1))
    assert examine_queue.queue().grade is Grade.OK
    monkeypatch.setattr(settings, "LETTER_BACKEND", BACKEND)
    finding = examine_queue.queue()
    assert (finding.grade, finding.sentence) == (Grade.FAIL, "The oldest letter has waited 16 minutes.")


def test_letters_that_went_are_well() -> None:
    letter(Letter.Status.SENT)
    assert examine_queue.letters().sentence == "0 failed, 0 unsure, 0 queued."


@pytest.mark.parametrize("status", [Letter.Status.FAILED, Letter.Status.UNSURE])
def test_letters_that_need_a_person_are_warned_of(status: str) -> None:
    letter(status)
    finding = examine_queue.letters()
    assert finding.grade is Grade.WARNING
    assert f"1 {status}" in finding.sentence


def test_letters_that_wait_for_a_provider_are_warned_of() -> None:
    letter(Letter.Status.QUEUED)
    assert "No mail provider is set" in examine_queue.letters().mend
