"""What counts as a host name."""

import pytest

from bearblog.lib import hostnames


@pytest.mark.parametrize("host", ["example.org", "a.b.c.example", "xn--bcher-kva.example", "1.example.org"])
def test_host_names_are_known(host: str) -> None:
    assert hostnames.is_hostname(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        ".",
        "..",
        "org",
        "a..b",
        ".a.b",
        "a.b.",
        "-a.b",
        "a-.b",
        "a_b.c",
        "A.b",
        "a.b/c",
        "a b.c",
        "ä.de",
        "[::1]",
        "a.b\n",
        f"{'a' * 64}.org",
        ".".join(["a" * 60] * 5),
    ],
)
def test_all_else_is_none(host: str) -> None:
    assert not hostnames.is_hostname(host)


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("A.example:8443", "a.example"),
        ("a.example", "a.example"),
        ("a.example:x", "a.example:x"),
        ("[::1]:80", "[::1]:80"),
    ],
)
def test_the_port_is_taken_off(header: str, host: str) -> None:
    assert hostnames.strip_port(header) == host
