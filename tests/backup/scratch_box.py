"""What the backup scripts find on a box, laid out in a temporary folder, for the real scripts to run on."""

import hashlib
import os
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
_FOLDERS = ["data/media", "backups", "credentials", "caddy", "bucket", "litestream", "state", "tmp", "bin"]
PREFIX = "replica/20261120T010203Z-0a1b2c3d"


@dataclass
class ScratchBox:
    """A box's folders under one root, and the ways in which its operator uses them."""

    root: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def database(self) -> Path:
        return self.data / "bearblog.sqlite3"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def credentials(self) -> Path:
        return self.root / "credentials"

    @property
    def caddy(self) -> Path:
        return self.root / "caddy"

    @property
    def bucket(self) -> Path:
        """The folder that stands for the bucket, unless a test names a real one."""
        return self.root / "bucket"

    @property
    def rclone_config(self) -> Path:
        return self.root / "rclone.conf"

    def build(self) -> None:
        for folder in (
            "data/media",
            "backups",
            "credentials",
            "caddy",
            "bucket",
            "litestream",
            "state",
            "tmp",
            "bin",
        ):
            (self.root / folder).mkdir(parents=True)
        self.name_bucket(self.bucket)
        self.fill_month()
        make_key(self.credentials / "backup_key")
        (self.credentials / "secret_key").write_text("the-secret-key-of-this-box")
        self.write_certificate("blog.example", "first")
        (self.data / "installation.json").write_text(f'{{"prefix": "{PREFIX}", "claimed": true}}')
        (self.root / "litestream.yml").write_text(f"url: file:///bucket/{PREFIX}\n")
        with closing(sqlite3.connect(self.database)) as connection:
            connection.executescript(
                "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON;"
                "CREATE TABLE blog (id INTEGER PRIMARY KEY, title TEXT);"
                "CREATE TABLE post (id INTEGER PRIMARY KEY, blog INTEGER REFERENCES blog(id), body TEXT);"
                "INSERT INTO blog VALUES (1, 'Alice'); INSERT INTO post VALUES (1, 1, 'Hello');"
            )

    def fill_month(self) -> None:
        """Gives the folder for the bucket a set of this month, which spares a backup the second upload."""
        folder = self.bucket / f"backups/monthly/{datetime.now(UTC):%Y%m}01T000000Z"
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text("{}")

    def name_bucket(self, folder: Path) -> None:
        self.rclone_config.write_text(f"[bucket]\ntype = alias\nremote = {folder}\n")

    def write_certificate(self, host: str, text: str) -> None:
        folder = self.caddy / "certificates/local" / host
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{host}.crt").write_text(text)

    def write_media(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        name = f"{digest[:2]}/{digest}.webp"
        (self.data / "media" / name).parent.mkdir(exist_ok=True)
        (self.data / "media" / name).write_bytes(content)
        return name

    def posts(self) -> list[str]:
        with closing(sqlite3.connect(self.database)) as connection:
            return [body for (body,) in connection.execute("SELECT body FROM post ORDER BY id")]

    def write_post(self, body: str) -> None:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute("INSERT INTO post (blog, body) VALUES (1, ?)", (body,))

    def sets(self) -> list[str]:
        return sorted(folder.name for folder in self.backups.iterdir() if folder.name[0].isdigit())

    def environment(self) -> dict[str, str]:
        return {
            "PATH": f"{self.root / 'bin'}:{PROJECT / '.venv/bin'}:{os.environ['PATH']}",
            "TMPDIR": str(self.root / "tmp"),
            "BEARBLOG_DATA_DIR": str(self.data),
            "BEARBLOG_CACHE_DIR": str(self.root / "cache"),
            "BEARBLOG_BACKUPS_DIR": str(self.backups),
            "BEARBLOG_CREDENTIALS_DIR": str(self.credentials),
            "BEARBLOG_RCLONE_CONFIG": str(self.rclone_config),
            "BEARBLOG_CERTIFICATES_STATE": str(self.root / "state"),
            "CADDY_DATA_DIR": str(self.caddy),
            "LITESTREAM_CONFIG": str(self.root / "litestream.yml"),
            "LITESTREAM_DATA_DIR": str(self.root / "litestream"),
            **self.settings,
        }

    def run(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(PROJECT / "backup" / script), *arguments],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def succeed(self, script: str, *arguments: str) -> str:
        done = self.run(script, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refuse(self, script: str, *arguments: str) -> str:
        done = self.run(script, *arguments)
        assert done.returncode != 0, done.stdout
        return done.stderr

    def back_up(self) -> str:
        self.succeed("backup.sh", "--now")
        return self.sets()[-1]


def make_key(file: Path) -> None:
    """Writes a new age identity."""
    file.unlink(missing_ok=True)
    subprocess.run(["age-keygen", "--output", str(file)], check=True, capture_output=True)
