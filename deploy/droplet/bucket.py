"""A real S3 server on the bridge, standing for DigitalOcean Spaces."""

import json
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from deploy.droplet import process, state
from deploy.droplet.state import DropletError

ENDPOINT = f"http://{state.GATEWAY}:{state.S3_PORT}"
REGION = "local"
# One volume a bucket at first, where seven are usual: there is one disk, and tests make many buckets.
_GROWTH = {"WEED_MASTER_VOLUME_GROWTH_COPY_1": "1"}
# Of S3, filer, master and volumes; SeaweedFS listens for its own calls 10000 above each.
_PORTS = [port + above for port in (state.S3_PORT, 8888, 9333, 8080) for above in (0, 10_000)]
_FOLDER = state.SHARED / "s3"
_PID_FILE = state.SHARED / "s3.pid"
_KEYS_FILE = state.SHARED / "s3.keys.json"


@dataclass(frozen=True)
class Keys:
    """The pair with which programs enter the S3 server."""

    access_key: str
    secret_key: str


def keys() -> Keys:
    """The server's one pair of keys, made at the first call."""
    if not _KEYS_FILE.exists():
        made = Keys(secrets.token_hex(10).upper(), secrets.token_urlsafe(30))
        _KEYS_FILE.touch(mode=0o600)
        _KEYS_FILE.write_text(json.dumps(asdict(made)))
    return Keys(**json.loads(_KEYS_FILE.read_text()))


def start() -> None:
    """Starts the S3 server where it does not run, and returns when it answers."""
    if process.running(_PID_FILE) is None:
        _FOLDER.mkdir(parents=True, exist_ok=True)
        process.start(_arguments(), pid_file=_PID_FILE, log_file=state.SHARED / "s3.log", environment=_GROWTH)
    _await_answer()


def stop() -> None:
    """Ends the S3 server; its files stay."""
    process.stop(_PID_FILE)
    for port in _PORTS:
        for left in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):  # noqa: S108 (SeaweedFS puts them there)
            left.unlink(missing_ok=True)


def is_running() -> bool:
    """Whether the S3 server runs."""
    return process.running(_PID_FILE) is not None


def make(name: str) -> None:
    """Makes the bucket where it is missing."""
    client = _client()
    if name not in _names(client):
        client.create_bucket(Bucket=name)


def delete(name: str) -> None:
    """Deletes the bucket, if there is one, with all that is in it."""
    client = _client()
    if name not in _names(client):
        return
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=name):
        for item in page.get("Contents", []):
            client.delete_object(Bucket=name, Key=item["Key"])
    client.delete_bucket(Bucket=name)


def copy(source: str, target: str) -> None:
    """Makes a bucket with the same objects as another."""
    make(target)
    client = _client()
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=source):
        for item in page.get("Contents", []):
            client.copy_object(
                Bucket=target, Key=item["Key"], CopySource={"Bucket": source, "Key": item["Key"]}
            )


def _names(client: Any) -> set[str]:
    return {bucket["Name"] for bucket in client.list_buckets()["Buckets"]}


def _arguments() -> list[str]:
    config = state.SHARED / "s3.config.json"
    pair = keys()
    identity = {
        "name": "droplets",
        "credentials": [{"accessKey": pair.access_key, "secretKey": pair.secret_key}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    config.touch(mode=0o600)
    config.write_text(json.dumps({"identities": [identity]}))
    weed = state.PROJECT / ".venv/bin/weed"
    return [
        str(weed),
        "-logtostderr=true",
        "server",
        # Where it really is: it serves on when the checkout that started it, and shared the folder, is gone.
        f"-dir={_FOLDER.resolve()}",
        f"-ip={state.GATEWAY}",
        f"-ip.bind={state.GATEWAY}",
        "-volume.max=500",
        "-master.telemetry=false",
        "-master.volumeSizeLimitMB=512",
        "-s3",
        f"-s3.port={state.S3_PORT}",
        f"-s3.config={config}",
    ]


def _await_answer(patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            _client(attempts=1).list_buckets()
        except (BotoCoreError, ClientError) as error:
            if not is_running() or time.monotonic() > deadline:
                raise DropletError(f"The S3 server did not start; see {state.SHARED / 's3.log'}.") from error
            time.sleep(0.1)
        else:
            return


def _client(attempts: int = 5) -> Any:
    pair = keys()
    return boto3.client(
        "s3",
        endpoint_url=ENDPOINT,
        region_name=REGION,
        aws_access_key_id=pair.access_key,
        aws_secret_access_key=pair.secret_key,
        # Gigabytes are neither copied nor gone in a moment. "Please try again", says the server at times.
        config=Config(
            connect_timeout=2, read_timeout=60, retries={"mode": "standard", "total_max_attempts": attempts}
        ),
    )
