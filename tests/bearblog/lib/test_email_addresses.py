"""What counts as an e-mail address."""

import pytest

from bearblog.lib.email_addresses import is_email_address


@pytest.mark.parametrize("address", ["alice@example.org", "Alice+notes@mail.example.museum"])
def test_what_letters_can_be_sent_to_is_an_address(address: str) -> None:
    assert is_email_address(address)


@pytest.mark.parametrize(
    "text", ["", "alice", "alice@", "a b@example.org", f"{'a' * 60}@{'b.' * 100}example.org"]
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_email_address(text)
