"""The e-mail address as a name."""

import pytest
from django.db import IntegrityError, transaction

from bearblog.domain.accounts.models import User


def test_an_address_is_stored_in_lower_case(db: None) -> None:
    user = User.objects.create_user(" Dora@Example.ORG ")
    user.refresh_from_db()
    assert user.email == "dora@example.org"
    assert not user.has_usable_password()
    assert str(user) == "dora@example.org"


def test_an_address_is_found_in_any_case(alice: User) -> None:
    assert User.objects.get_by_natural_key("ALICE@example.org") == alice
    assert User.objects.get(email="Alice@Example.org") == alice


def test_two_spellings_of_an_address_are_one_person(alice: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User(email="ALICE@EXAMPLE.ORG").save()


def test_a_superuser_may_do_everything(alice: User) -> None:
    assert alice.is_staff
    assert alice.has_perm("blogs.delete_blog")
