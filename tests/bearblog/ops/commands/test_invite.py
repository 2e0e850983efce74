"""The command that invites."""

import io

import pytest
from django.core.management import CommandError, call_command

from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.selectors import find_invitation


def test_the_link_of_an_invitation_is_printed(db: None) -> None:
    out = io.StringIO()
    call_command("invite", "dora@example.org", stdout=out)
    link = out.getvalue().strip()
    assert link.startswith("https://bear.localhost:8443/")
    invitation = find_invitation(link.strip("/").rpartition("/")[2])
    assert invitation is not None
    assert invitation.email == "dora@example.org"


def test_a_refusal_is_a_sentence(charlie: User) -> None:
    with pytest.raises(CommandError, match="has an account"):
        call_command("invite", charlie.email)
