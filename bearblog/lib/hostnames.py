"""What counts as a host name. Every host that is looked up anywhere passes through here first."""

import re

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOSTNAME = re.compile(rf"{_LABEL}(\.{_LABEL})+")


def is_label(text: str) -> bool:
    """Whether the text can be one label of a host name (RFC 1123, lower case)."""
    return re.fullmatch(_LABEL, text) is not None


def is_hostname(text: str) -> bool:
    """Whether the text is a host name of two or more labels (RFC 1123, lower case, no final dot)."""
    return len(text) <= 253 and _HOSTNAME.fullmatch(text) is not None


def strip_port(host: str) -> str:
    """The host of a Host header in lower case, without its port. Not yet known to be a host name."""
    name, _, port = host.lower().partition(":")
    return name if port.isdigit() or not port else host.lower()
