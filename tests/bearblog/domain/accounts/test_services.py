"""Inviting, accepting, and who may write."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone

from bearblog.domain.accounts import selectors, services
from bearblog.domain.accounts.errors import AccountError
from bearblog.domain.accounts.models import Invitation, User


def test_every_box_has_its_two_groups(db: None) -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {"writers", "travellers"}


def test_the_invited_become_writers(alice: User, charlie: User) -> None:
    invitation, token = services.invite(email=" Charlie2@Example.org", invited_by=alice)
    assert invitation.email == "charlie2@example.org"
    assert selectors.find_invitation(token) == invitation
    assert list(selectors.open_invitations()) == [invitation]
    assert not selectors.may_write(charlie)
    services.accept_invitation(user=charlie, token=token)
    assert selectors.may_write(charlie)
    invitation.refresh_from_db()
    assert invitation.accepted_by == charlie
    assert not selectors.open_invitations().exists()


def test_the_token_itself_is_not_stored(alice: User) -> None:
    invitation, token = services.invite(email="d@example.org", invited_by=None)
    assert token not in [str(value) for value in vars(invitation).values()]


def test_a_second_invitation_replaces_the_first(alice: User) -> None:
    _, first = services.invite(email="d@example.org", invited_by=alice)
    _, second = services.invite(email="D@example.org", invited_by=alice)
    assert selectors.find_invitation(first) is None
    assert selectors.find_invitation(second) is not None


@pytest.mark.parametrize(
    "email", ["", "nobody", "a b@example.org", f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 63}.{'e' * 9}.org"]
)
def test_only_an_address_can_be_invited(db: None, email: str) -> None:
    with pytest.raises(AccountError) as refusal:
        services.invite(email=email, invited_by=None)
    assert refusal.value.field == "email"


def test_somebody_with_an_account_is_not_invited(charlie: User) -> None:
    with pytest.raises(AccountError, match="has an account"):
        services.invite(email="CHARLIE@example.org", invited_by=None)


def test_an_invitation_works_once(bob: User, charlie: User) -> None:
    _, token = services.invite(email="d@example.org", invited_by=bob)
    services.accept_invitation(user=bob, token=token)
    with pytest.raises(AccountError, match="used"):
        services.accept_invitation(user=charlie, token=token)
    assert not selectors.may_write(charlie)


def test_an_invitation_runs_out(charlie: User) -> None:
    invitation, token = services.invite(email="d@example.org", invited_by=None)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(AccountError, match="run out"):
        services.accept_invitation(user=charlie, token=token)


def test_an_invitation_can_be_withdrawn(charlie: User) -> None:
    invitation, token = services.invite(email="d@example.org", invited_by=None)
    services.withdraw_invitation(invitation=invitation)
    assert selectors.find_invitation(token) is None


def test_travellers_and_the_deactivated_do_not_write(bob: User, charlie: User) -> None:
    services.make_traveller(charlie)
    assert not selectors.may_write(charlie)
    bob.is_active = False
    assert not selectors.may_write(bob)


def test_the_owner_is_made_once_and_may_do_everything(db: None) -> None:
    owner, created = services.create_owner(email="Owner@Example.org")
    assert created
    assert owner.is_superuser
    assert selectors.may_write(owner)
    assert EmailAddress.objects.get(user=owner).verified
    assert services.create_owner(email="owner@example.org") == (owner, False)


def test_an_existing_person_can_become_the_owner(charlie: User) -> None:
    owner, created = services.create_owner(email=charlie.email)
    assert (owner, created) == (charlie, False)
    charlie.refresh_from_db()
    # Anybody may have made the account; the owner chooses the password, by the link.
    assert not charlie.has_usable_password()
    assert charlie.is_superuser
    assert charlie.is_staff
