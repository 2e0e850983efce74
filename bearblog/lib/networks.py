"""Addresses of readers, as far as they tell one reader from another."""

from ipaddress import IPv6Address, ip_address, ip_network

# What a provider gives one household; the rest of the address changes by the hour.
_HOUSEHOLD_BITS = 64


def network_of(address: str) -> str:
    """The IPv4 address itself, or the /64 network of an IPv6 address. Raises ValueError for anything else."""
    parsed = ip_address(address)
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, _HOUSEHOLD_BITS), strict=False))
