"""The environment in which the stack runs as plain processes of one user, with its data under var/."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
VAR = PROJECT / "var"
HOST = "bear.localhost"
PORT = 8443
DATABASE = VAR / "data/bearblog.sqlite3"
REPLICA = VAR / "replica"
SYNC_SOCKET = VAR / "run/sync.sock"
CONTROL_SOCKET = VAR / "run/litestream.sock"
STANDING_SOCKET = VAR / "run/standing.sock"
WEB_SOCKET = VAR / "run/web.sock"


def make_folders() -> None:
    """Makes the folders under var/, and the secret key at the first call."""
    for name in ("data/hosts", "data/media", "cache", "run", "replica", "log", "caddy", "litestream"):
        (VAR / name).mkdir(parents=True, exist_ok=True)
    key = VAR / "secret_key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(60))


def environment() -> Mapping[str, str]:
    """This process's environment with the settings of the stack added."""
    binaries = PROJECT / ".venv/bin"
    return {
        **os.environ,
        "PATH": f"{binaries}:{os.environ['PATH']}",
        "BEARBLOG_DEBUG": os.environ.get("BEARBLOG_DEBUG", "true"),
        "BEARBLOG_MAIN_HOST": HOST,
        "BEARBLOG_HTTPS_PORT": str(PORT),
        "BEARBLOG_DATA_DIR": str(DATABASE.parent),
        "BEARBLOG_CACHE_DIR": str(VAR / "cache"),
        "BEARBLOG_STATIC_DIR": str(VAR / "static"),
        "BEARBLOG_ACCESS_LOG": str(VAR / "log/access.log"),
        "BEARBLOG_WEB_SOCKET": str(WEB_SOCKET),
        "BEARBLOG_SECRET_KEY_FILE": str(VAR / "secret_key"),
        "BEARBLOG_SYNC_SOCKET": str(SYNC_SOCKET),
        "BEARBLOG_STANDING_SOCKET": str(STANDING_SOCKET),
        "BEARBLOG_REPLICA_URL": f"file://{REPLICA}/{{prefix}}",
        "BEARBLOG_RCLONE_CONFIG": str(VAR / "rclone.conf"),
        "BEARBLOG_LITESTREAM_BINARY": str(binaries / "litestream"),
        "BEARBLOG_RCLONE_BINARY": str(binaries / "rclone"),
    }
