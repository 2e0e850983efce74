"""What tells one reader from another."""

import pytest

from bearblog.lib.networks import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
    ],
)
def test_an_address_becomes_a_household(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize("address", ["", "unknown", "203.0.113.9:80"])
def test_anything_else_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="does not appear to be"):
        network_of(address)
