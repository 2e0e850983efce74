"""A replicated box that runs the application's own commands and worker as processes."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bearblog.engines.replication import claiming
from bearblog.engines.replication.bucket import Bucket
from tests.replicas import TREE, ReplicatedBox

SITE = "https://bear.localhost:8443/"


class AppBox(ReplicatedBox):
    """One box whose folder is the application's data folder."""

    def __init__(self, bucket: Bucket, folder: Path) -> None:
        super().__init__(bucket, folder)
        (folder / "secret_key").write_text("only-for-tests-" + "0123456789abcdef" * 4)
        for name in ("cache", "run", "static"):
            (folder / name).mkdir()
        self.standing_socket = folder / "run/standing.sock"
        self.settings: dict[str, str] = {}
        self._worker: subprocess.Popen[str] | None = None

    def claim(self, *, start_new: bool = False) -> None:
        """Claims the bucket without a process."""
        claiming.claim(
            self.bucket, self.installation_file, site=SITE, now=datetime.now(UTC), start_new=start_new
        )

    def install_copy(self, database: Path) -> None:
        """Claims the bucket, and takes a copy of a migrated database."""
        self.claim()
        shutil.copyfile(database, self.database)

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a management command to its end."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=TREE,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def start_worker(self) -> None:
        """Starts the worker, and returns when it has told systemd that it is ready."""
        address = self.folder / "notify.sock"
        address.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(str(address))
            manager.settimeout(30)
            self._worker = subprocess.Popen(
                [sys.executable, "manage.py", "run_worker"],
                cwd=TREE,
                env=self.environment() | {"NOTIFY_SOCKET": str(address)},
                stderr=subprocess.PIPE,
                text=True,
            )
            assert manager.recv(100) == b"READY=1"

    def stop_worker(self, *, seconds: float = 10) -> tuple[int, str]:
        """Ends the worker by SIGTERM within that time; its exit code and its log."""
        assert self._worker is not None
        self._worker.send_signal(signal.SIGTERM)
        try:
            _, log = self._worker.communicate(timeout=seconds)
        finally:
            self._worker.kill()
        return self._worker.returncode, log

    def stop(self) -> None:
        """Ends everything at once, as the loss of the box would."""
        super().stop()
        if self._worker is not None:
            self._worker.kill()
            self._worker.communicate()
            self._worker = None

    def value(self, query: str, *parameters: object) -> object:
        """The first column of the first row."""
        with closing(self.connect()) as connection:
            return connection.execute(query, parameters).fetchone()[0]

    def execute(self, query: str, *parameters: object) -> None:
        """Runs one statement."""
        with closing(self.connect()) as connection:
            connection.execute(query, parameters)

    def environment(self) -> dict[str, str]:
        """The environment of the application on this box."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("BEARBLOG_")}
        return inherited | {
            "DJANGO_SETTINGS_MODULE": "bearblog.settings",
            "BEARBLOG_MAIN_HOST": "bear.localhost",
            "BEARBLOG_HTTPS_PORT": "8443",
            "BEARBLOG_DATA_DIR": str(self.folder),
            "BEARBLOG_CACHE_DIR": str(self.folder / "cache"),
            "BEARBLOG_STATIC_DIR": str(self.folder / "static"),
            "BEARBLOG_SECRET_KEY_FILE": str(self.folder / "secret_key"),
            "BEARBLOG_REPLICA_URL": self.bucket.replica_url,
            "BEARBLOG_RCLONE_CONFIG": self.bucket.rclone_config,
            "BEARBLOG_RCLONE_BINARY": self.bucket.rclone_binary,
            "BEARBLOG_LITESTREAM_BINARY": self.bucket.litestream_binary,
            "BEARBLOG_SYNC_SOCKET": str(self.sync_socket),
            "BEARBLOG_STANDING_SOCKET": str(self.standing_socket),
            "BEARBLOG_OFF_SITE": "true",
            **self.settings,
        }
