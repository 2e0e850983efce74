"""Stands in for a box in tests: a database, Litestream and the forwarder as processes of the test."""

import dataclasses
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

from bearblog.engines.replication import claiming, control, installation
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.programs import environment
from bearblog.engines.replication.restore import Look, Restored, Target, restore
from deploy.stage.seaweed import Seaweed
from tests import databases

PROGRAMS = Path(sys.executable).parent
TREE = Path(__file__).resolve().parent.parent

_CONFIG = """
socket: {{enabled: true, path: {folder}/control.sock, permissions: 0600}}
shutdown-sync-timeout: 2s
dbs:
  - path: {folder}/bearblog.sqlite3
    meta-path: {folder}/meta-{box_id}
    replica: {{url: "{url}", sync-interval: 1s}}
"""


def make_bucket(seaweed: Seaweed, name: str, folder: Path) -> Bucket:
    """How a box reaches the bucket, or the folder of one, that is called so."""
    seaweed.write_rclone_config(folder / "rclone.conf", name)
    query = f"endpoint={seaweed.endpoint}&region=us-east-1&force-path-style=true"
    return Bucket(
        rclone_binary=str(PROGRAMS / "rclone"),
        rclone_config=str(folder / "rclone.conf"),
        litestream_binary=str(PROGRAMS / "litestream"),
        replica_url=f"s3://{name}/{{prefix}}?{query}",
    )


def make_folder_bucket(folder: Path) -> Bucket:
    """A bucket that is a folder, as on a box without one."""
    (folder / "replica").mkdir()
    (folder / "rclone.conf").write_text(f"[bucket]\ntype = alias\nremote = {folder}/replica\n")
    return Bucket(
        rclone_binary=str(PROGRAMS / "rclone"),
        rclone_config=str(folder / "rclone.conf"),
        litestream_binary=str(PROGRAMS / "litestream"),
        replica_url=f"file://{folder}/replica/{{prefix}}",
    )


def with_stuck_restore(bucket: Bucket, folder: Path) -> Bucket:
    """The same bucket, with a Litestream whose restore never ends."""
    program = folder / "stuck-litestream"
    program.write_text(
        f'#!/bin/sh\n[ "$1" = restore ] && exec sleep 600\nexec {bucket.litestream_binary} "$@"\n'
    )
    program.chmod(0o755)
    return dataclasses.replace(bucket, litestream_binary=str(program))


def await_true(condition: Callable[[], bool], *, seconds: float = 15) -> None:
    """Returns as soon as the condition holds; fails after that many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.02)


def is_answering(path: Path) -> bool:
    """Whether something listens at the Unix socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


class ReplicatedBox:
    """One box: its folder holds the database, installation.json and the sockets."""

    def __init__(self, bucket: Bucket, folder: Path) -> None:
        self.bucket = bucket
        self.folder = folder
        self.database = folder / "bearblog.sqlite3"
        self.installation_file = folder / "installation.json"
        self.sync_socket = folder / "sync.sock"
        self.control_socket = folder / "control.sock"
        self._running: list[subprocess.Popen[bytes]] = []
        folder.mkdir()

    def install(self) -> None:
        """Claims the bucket, makes a database with a table, and starts to replicate."""
        claiming.claim(
            self.bucket, self.installation_file, site="https://first.example/", now=datetime.now(UTC)
        )
        with closing(self.connect()) as connection:
            connection.execute("CREATE TABLE post (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
        self.start()

    def restore(
        self,
        *,
        moment: datetime | None = None,
        now: datetime | None = None,
        replace: bool = False,
        look: Look = lambda folder: None,
        seconds: float = 60,
    ) -> Restored:
        """Restores into this box's folder."""
        target = Target(self.database, self.installation_file, "https://second.example/", replace)
        return restore(
            self.bucket,
            target,
            moment=moment,
            now=now or datetime.now(UTC),
            report=lambda line: None,
            look=look,
            seconds=seconds,
        )

    def start(self) -> None:
        """Starts Litestream on this box's prefix, and the forwarder."""
        config = self.folder / "litestream.yml"
        box_id = self.prefix.rpartition("/")[2]
        url = self.bucket.replica(self.prefix)
        config.write_text(_CONFIG.format(folder=self.folder, box_id=box_id, url=url))
        self._spawn([self.bucket.litestream_binary, "replicate", "-config", str(config)])
        self._spawn(forwarder_command(self.sync_socket, self.control_socket, self.database))
        await_true(lambda: is_answering(self.control_socket) and is_answering(self.sync_socket))

    def stop(self) -> None:
        """Ends both at once, as the loss of the box would."""
        for process in self._running:
            process.send_signal(signal.SIGKILL)
            process.wait()
        self._running.clear()

    def lose_litestream(self) -> None:
        """Ends Litestream at once; the forwarder stays."""
        litestream = self._running[0]
        litestream.kill()
        litestream.wait()

    def write(self, *texts: str) -> None:
        """Commits posts, and waits until the bucket has them."""
        with closing(self.connect()) as connection:
            connection.executemany("INSERT INTO post (text) VALUES (?)", [(text,) for text in texts])
        if self._running:
            control.wait_until_replicated(self.sync_socket, timeout=20)

    def read(self) -> list[str]:
        """The texts of all posts."""
        with closing(self.connect()) as connection:
            return [text for (text,) in connection.execute("SELECT text FROM post ORDER BY id")]

    def connect(self) -> sqlite3.Connection:
        """A connection as the application has it."""
        return databases.connect(self.database)

    @property
    def prefix(self) -> str:
        own = installation.read(self.installation_file)
        assert own is not None
        return own.prefix

    def _spawn(self, command: list[str]) -> None:
        log = (self.folder / "log").open("ab")
        with log:
            self._running.append(
                subprocess.Popen(command, stdout=log, stderr=log, env=environment(), cwd=TREE)
            )


def forwarder_command(listen: Path, control_socket: Path, database: Path) -> list[str]:
    """How the forwarder is started without systemd."""
    module = "bearblog.engines.replication.forwarder"
    sockets = ["--listen", str(listen), "--control", str(control_socket), "--database", str(database)]
    return [sys.executable, "-S", "-E", "-m", module, *sockets]
