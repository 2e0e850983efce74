"""A real S3 server on loopback, for tests and benches that need a bucket and no box."""

import json
import os
import secrets
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

WEED = Path(__file__).resolve().parents[2] / ".venv/bin/weed"
_PATIENCE = 60
# SeaweedFS listens for its own calls 10000 above each port.
_OFFSET = 10_000


@dataclass
class Seaweed:
    """One server in a folder of its own; each test takes a bucket with a name of its own."""

    folder: Path
    access_key: str = ""
    secret_key: str = ""
    port: int = 0
    _ports: list[int] = field(default_factory=list)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def launch(self) -> None:
        """Starts the server; it takes some seconds until it answers."""
        self.access_key, self.secret_key = secrets.token_hex(10), secrets.token_hex(20)
        self._ports = _free_ports(4)
        self.port = self._ports[0]
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "weed.log").open("ab") as log:
            self._process = subprocess.Popen(self._arguments(), stdout=log, stderr=log, cwd=self.folder)

    def stop(self) -> None:
        """Ends the server."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        for port in (*self._ports, *(port + _OFFSET for port in self._ports)):
            # SeaweedFS itself puts them there.
            for left in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):  # noqa: S108
                left.unlink(missing_ok=True)

    def client(self) -> Any:
        """A boto3 client of this server."""
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            config=Config(connect_timeout=2, read_timeout=10, retries={"max_attempts": 0}),
        )

    def make_bucket(self, name: str) -> None:
        self.client().create_bucket(Bucket=name)

    def object_keys(self, bucket: str, prefix: str = "") -> list[str]:
        pages = self.client().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        return [item["Key"] for page in pages for item in page.get("Contents", [])]

    def write_credentials(self, file: Path) -> None:
        """Writes the keys as an AWS shared credentials file, mode 0600."""
        file.touch(mode=0o600)
        file.write_text(
            f"[default]\naws_access_key_id = {self.access_key}\naws_secret_access_key = {self.secret_key}\n"
        )

    def write_rclone_config(self, file: Path, bucket: str) -> None:
        """Writes an rclone configuration as a box has it: the remote `bucket`, and no secret."""
        file.write_text(self._remote("bucket", bucket))

    def add_second_bucket(self, file: Path, bucket: str) -> None:
        """Adds the remote `second`, whose keys are those of the profile of that name."""
        remote = self._remote("second", bucket, "profile = second\n")
        file.write_text(f"{file.read_text()}\n{remote}")

    def _remote(self, name: str, bucket: str, more: str = "") -> str:
        return (
            f"[{name}-store]\ntype = s3\nprovider = Other\nenv_auth = true\nendpoint = {self.endpoint}\n"
            f"region = us-east-1\nforce_path_style = true\nno_check_bucket = true\n{more}\n"
            f"[{name}]\ntype = alias\nremote = {name}-store:{bucket}\n"
        )

    def _arguments(self) -> list[str]:
        config = self.folder / "s3.json"
        identity = {
            "name": "tests",
            "credentials": [{"accessKey": self.access_key, "secretKey": self.secret_key}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        }
        config.write_text(json.dumps({"identities": [identity]}))
        s3, master, volume, filer = self._ports
        places = [f"-dir={self.folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-s3.config={config}"]
        ports = [f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}", f"-s3.port={s3}"]
        # Each bucket takes up to seven volumes, which are as large as what is in them.
        sizes = ["-volume.max=1000", "-master.volumeSizeLimitMB=64"]
        # Their ports are fixed, so that two servers on one machine would meet.
        without = ["-s3.port.iceberg=0", "-s3.port.lance=0"]
        return [
            str(WEED),
            "-logtostderr=true",
            "server",
            "-s3",
            "-master.telemetry=false",
            *places,
            *ports,
            *sizes,
            *without,
        ]

    def await_answer(self) -> None:
        """Returns when the server answers; fails when it ends before."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                self.client().list_buckets()
            except (BotoCoreError, ClientError) as error:
                running = self._process is not None and self._process.poll() is None
                if not running or time.monotonic() > deadline:
                    raise RuntimeError((self.folder / "weed.log").read_text()[-2000:]) from error
                time.sleep(0.05)
            else:
                return


def _free_ports(count: int) -> list[int]:
    # Processes that look at the same moment begin at places of their own.
    blocks = 10_000 // count
    for block in range(os.getpid(), os.getpid() + blocks):
        first = 20_000 + block % blocks * count
        found = list(range(first, first + count))
        if all(_is_free(port) and _is_free(port + _OFFSET) for port in found):
            return found
    raise RuntimeError("No ports are free for the S3 server.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
