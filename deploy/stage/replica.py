"""Gives a site a replica: an S3 server at the end of a line, Litestream, the forwarder and the worker."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.dev import configuration
from deploy.dev.environment import PROJECT
from deploy.stage.bad_line import BadLine
from deploy.stage.seaweed import Seaweed
from deploy.stage.site import Site, await_socket, process, running_site

_PROGRAMS = Path(sys.executable).parent
BUCKET = "boxes"


@dataclass(frozen=True)
class ReplicatedSite:
    """The site, the line to its bucket, and the S3 server at the end of it."""

    site: Site
    line: BadLine
    seaweed: Seaweed


@contextmanager
def replicated_site(folder: Path, *, settings: dict[str, str] | None = None) -> Iterator[ReplicatedSite]:
    """A site whose saves go to a bucket, until the block ends."""
    with ExitStack() as stack:
        seaweed = Seaweed(folder / "weed")
        seaweed.launch()
        stack.callback(seaweed.stop)
        seaweed.await_answer()
        seaweed.make_bucket(BUCKET)
        line = BadLine(seaweed.port)
        stack.callback(line.close)
        own = _settings(folder, seaweed, line) | (settings or {})
        site = stack.enter_context(running_site(folder / "site", settings=own))
        _start(stack, site, json.loads(site.manage("claim_replica"))["prefix"])
        yield ReplicatedSite(site, line, seaweed)


def _settings(folder: Path, seaweed: Seaweed, line: BadLine) -> dict[str, str]:
    config, credentials = folder / "rclone.conf", folder / "credentials"
    seaweed.write_credentials(credentials)
    seaweed.write_rclone_config(config, BUCKET)
    config.write_text(config.read_text().replace(f":{seaweed.port}", f":{line.port}"))
    query = f"endpoint=http://127.0.0.1:{line.port}&region=us-east-1&force-path-style=true"
    run = folder / "site/run"
    return {
        "AWS_SHARED_CREDENTIALS_FILE": str(credentials),
        "AWS_EC2_METADATA_DISABLED": "true",
        "BEARBLOG_OFF_SITE": "true",
        "BEARBLOG_REPLICA_URL": f"s3://{BUCKET}/{{prefix}}?{query}",
        "BEARBLOG_RCLONE_CONFIG": str(config),
        "BEARBLOG_RCLONE_BINARY": str(_PROGRAMS / "rclone"),
        "BEARBLOG_LITESTREAM_BINARY": str(_PROGRAMS / "litestream"),
        "BEARBLOG_SYNC_SOCKET": str(run / "sync.sock"),
        "BEARBLOG_STANDING_SOCKET": str(run / "standing.sock"),
    }


def _start(stack: ExitStack, site: Site, prefix: str) -> None:
    run = site.folder / "run"
    # Litestream fails with a CA bundle of its own.
    environment = {name: value for name, value in site.environment.items() if name != "AWS_CA_BUNDLE"}
    url = environment["BEARBLOG_REPLICA_URL"]
    configuration.render_litestream(prefix, site.folder, replica_url=url, metrics_port=0)
    log = stack.enter_context((site.folder / "log/replica.log").open("wb"))
    litestream = [environment["BEARBLOG_LITESTREAM_BINARY"], "replicate", "-config"]
    stack.enter_context(process([*litestream, str(site.folder / "litestream.yml")], environment, stderr=log))
    await_socket(run / "litestream.sock")
    forwarder = [sys.executable, "-S", "-E", "-m", "bearblog.engines.replication.forwarder"]
    forwarder += ["--listen", str(run / "sync.sock"), "--control", str(run / "litestream.sock")]
    forwarder += ["--database", str(site.folder / "data/bearblog.sqlite3")]
    stack.enter_context(process(forwarder, environment))
    worker = [sys.executable, str(PROJECT / "manage.py"), "run_worker"]
    stack.enter_context(process(worker, environment, stderr=log))
    await_socket(run / "sync.sock")
    await_socket(run / "standing.sock")
