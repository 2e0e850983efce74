"""Checks a rendered litestream.yml more strictly than Litestream, which ignores a key that it does not know.

`python -m bearblog.engines.replication.config FILE` prints what is wrong and fails: for Ansible's `validate`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

_LOOPBACK = ("127.0.0.1:", "localhost:", "[::1]:")
_SECRET_KEYS = ("access-key-id", "secret-access-key", "account-key", "sse-customer-key", "password", "age")
_SECRET_PARAMETERS = ("access-key-id", "secret-access-key", "accesskey", "secretkey")

# Every key that 0.5.17 reads, by its place, less those that hold secrets or are never wanted here.
_TOP = {
    "addr", "socket", "logging", "levels", "snapshot", "validation", "l0-retention",
    "l0-retention-check-interval", "verify-compaction", "retention", "heartbeat-url", "heartbeat-interval",
    "shutdown-sync-timeout", "shutdown-sync-interval", "dbs",
}  # fmt: skip
_DATABASE = {
    "path", "meta-path", "monitor-interval", "checkpoint-interval", "busy-timeout",
    "min-checkpoint-page-count", "truncate-page-n", "max-sync-wal-bytes", "snapshot", "replica",
}  # fmt: skip
_REPLICA = {
    "type", "url", "path", "bucket", "endpoint", "region", "sync-interval", "max-sync-ltx-files",
    "auto-recover", "force-path-style", "sign-payload", "require-content-md5", "storage-class",
    "part-size", "concurrency",
}  # fmt: skip
_NESTED = {
    "socket": {"enabled", "path", "permissions"},
    "logging": {"level", "type", "stderr", "source"},
    "snapshot": {"interval", "retention"},
    "validation": {"interval"},
    "retention": {"enabled"},
}


def check(text: str) -> list[str]:
    """Everything that is wrong with the file, a sentence each; nothing for a good one."""
    try:
        config = yaml.safe_load(text)
    except yaml.YAMLError as error:
        return [f"The file is no YAML: {error}."]
    if not isinstance(config, dict):
        return ["The file must hold keys and values."]
    return list(_problems(config))


def _problems(config: dict[str, Any]) -> Iterator[str]:
    yield from _unknown(config, _TOP, "the file")
    for name in _NESTED.keys() & config.keys():
        yield from _nested(config[name], name, "the file")
    for number, level in enumerate(_list(config.get("levels"))):
        yield from _unknown(level, {"interval"}, f"levels[{number}]")
    yield from _address(config.get("addr"))
    databases = _list(config.get("dbs"))
    if not databases:
        yield "dbs must list at least one database."
    for number, database in enumerate(databases):
        yield from _database(database, f"dbs[{number}]")


def _database(database: Any, place: str) -> Iterator[str]:
    yield from _unknown(database, _DATABASE, place)
    if not isinstance(database, dict):
        return
    if not str(database.get("path", "")).startswith("/"):
        yield f"{place}.path must be an absolute path."
    if "snapshot" in database:
        yield from _nested(database["snapshot"], "snapshot", place)
    replica = database.get("replica")
    yield from _unknown(replica, _REPLICA, f"{place}.replica")
    if isinstance(replica, dict):
        yield from _url(replica, f"{place}.replica")


def _url(replica: dict[str, Any], place: str) -> Iterator[str]:
    url = urlsplit(str(replica.get("url", "")))
    if not url.scheme and "type" not in replica:
        yield f"{place} needs a url, or a type."
    if "{" in url.path or "}" in url.path:
        yield f"{place}.url still has a placeholder in it."
    if url.username or url.password or any(name in url.query.lower() for name in _SECRET_PARAMETERS):
        yield f"{place}.url holds a key; keys come from the shared credentials file only."


def _address(address: Any) -> Iterator[str]:
    if address is not None and not str(address).startswith(_LOOPBACK):
        yield f"addr is {address!r}; the figures may only be told on loopback, such as 127.0.0.1:9090."


def _nested(value: Any, name: str, place: str) -> Iterator[str]:
    yield from _unknown(value, _NESTED[name], f"{name} of {place}")


def _unknown(value: Any, known: set[str], place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{place} must hold keys and values."
        return
    for key in value:
        if key in _SECRET_KEYS:
            yield f"{key!r} in {place} is a secret; keys come from the shared credentials file only."
        elif key not in known:
            yield f"{key!r} in {place} is not a key that Litestream 0.5 reads."


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def main(arguments: list[str]) -> int:
    """Checks the file named by the only argument; returns the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("Usage: python -m bearblog.engines.replication.config FILE\n")
        return 2
    try:
        problems = check(Path(arguments[0]).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        problems = [f"{arguments[0]} cannot be read: {error}."]
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
