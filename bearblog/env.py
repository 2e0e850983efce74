"""The one reader of the environment: typed values, and secrets from files.

A missing or wrong value raises ImproperlyConfigured with the variable's name, so that a start stops there.
"""

import os
from collections.abc import Collection
from ipaddress import ip_address
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from bearblog.lib import hostnames

PREFIX = "BEARBLOG_"


def text(name: str, default: str | None = None) -> str:
    """The value of BEARBLOG_<name>, or the default. Raises ImproperlyConfigured where there is neither."""
    value = os.environ.get(PREFIX + name, default)
    if value is None:
        raise ImproperlyConfigured(f"{PREFIX}{name} is not set.")
    return value.strip()


def boolean(name: str, *, default: bool) -> bool:
    """Whether BEARBLOG_<name> says true or false. Raises ImproperlyConfigured for any other word."""
    value = text(name, str(default)).lower()
    if value not in ("true", "false"):
        raise ImproperlyConfigured(f"{PREFIX}{name} is {value!r}; it must be true or false.")
    return value == "true"


def integer(name: str, *, default: int, least: int, most: int) -> int:
    """BEARBLOG_<name> as a whole number. Raises ImproperlyConfigured outside least..most."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(
            f"{PREFIX}{name} is {value!r}; it must be a whole number from {least} to {most}."
        )
    return int(value)


def choice(name: str, *, default: str, choices: Collection[str]) -> str:
    """BEARBLOG_<name>, one of the choices. Raises ImproperlyConfigured for any other word."""
    value = text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{PREFIX}{name} is {value!r}; it must be one of {', '.join(choices)}.")
    return value


def server(name: str, *, port: int) -> tuple[str, int] | None:
    """BEARBLOG_<name> as an address and a port ("192.0.2.1", "192.0.2.1:5353", "[2001:db8::1]:53"), or None.

    `port` is the usual one. Raises ImproperlyConfigured for anything that is not an address.
    """
    value = text(name, "")
    if not value:
        return None
    has_port = value.count(":") == 1 or "]:" in value
    address, _, typed = value.rpartition(":") if has_port else (value, "", str(port))
    try:
        return str(ip_address(address.strip("[]"))), int(typed)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{PREFIX}{name} is {value!r}; it must be an address, with a port behind a colon if need be."
        ) from error


def path(name: str, default: str | None = None) -> Path:
    """BEARBLOG_<name> as an absolute path. Raises ImproperlyConfigured for a relative one."""
    value = Path(text(name, default))
    if not value.is_absolute():
        raise ImproperlyConfigured(f"{PREFIX}{name} is {str(value)!r}; it must be an absolute path.")
    return value


def host(name: str, default: str | None = None) -> str:
    """BEARBLOG_<name> as a host name in lower case. Raises ImproperlyConfigured when it is none."""
    value = text(name, default).lower()
    if not hostnames.is_hostname(value):
        raise ImproperlyConfigured(
            f"{PREFIX}{name} is {value!r}; it must be a host name such as example.org."
        )
    return value


def secret(name: str, default: str | None = None) -> str:
    """A secret from the systemd credential <name>, or from the file that BEARBLOG_<NAME>_FILE names.

    Never from the environment itself, which children inherit (systemd.io/CREDENTIALS).
    Raises ImproperlyConfigured when it is empty, unreadable, or nowhere and without a default.
    """
    directory = os.environ.get("CREDENTIALS_DIRECTORY")
    named_file = os.environ.get(f"{PREFIX}{name.upper()}_FILE")
    if named_file:
        file = Path(named_file)
    elif directory and (Path(directory) / name).exists():
        file = Path(directory) / name
    elif default is not None:
        return default
    else:
        raise ImproperlyConfigured(
            f"There is no credential {name!r}: set LoadCredential={name} or {PREFIX}{name.upper()}_FILE."
        )
    try:
        value = file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The credential {name!r} cannot be read from {file}: {error.strerror}."
        ) from error
    if not value:
        raise ImproperlyConfigured(f"The credential {name!r} in {file} is empty.")
    return value
