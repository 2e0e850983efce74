"""The box's e-mail backend wakes the worker when there is a provider to send through."""

import pytest
from django.core.mail import send_mail
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from bearblog.engines.outbox.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _our_backend(settings: Settings) -> None:
    # pytest-django puts a backend of its own in the place of every box's.
    settings.EMAIL_BACKEND = "bearblog.ops.letters.LetterBackend"


def test_a_letter_wakes_the_sender(settings: Settings) -> None:
    settings.LETTER_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_mail("Hello", "Words", None, ["b@example.org"])
    assert Letter.objects.count() == 1
    [task] = DBTaskResult.objects.all()
    assert task.args_kwargs["args"] == ["django.core.mail.backends.locmem.EmailBackend"]


def test_without_a_provider_nobody_is_woken(settings: Settings) -> None:
    settings.LETTER_BACKEND = ""
    send_mail("Hello", "Words", None, ["b@example.org"])
    assert Letter.objects.count() == 1
    assert not DBTaskResult.objects.exists()
