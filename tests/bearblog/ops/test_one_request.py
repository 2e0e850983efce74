"""One name from the web server to the last letter: the real Caddy, gunicorn and worker."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.dev.environment import HOST
from deploy.stage.site import Site, process, running_site
from tests.replicas import await_true

LIE = "00000000-0000-4000-8000-000000000000"
# A provider that nobody has.
SETTINGS = {
    "BEARBLOG_LOG_FORMAT": "json",
    "BEARBLOG_MAIL_PROVIDER": "smtp",
    "BEARBLOG_SMTP_HOST": "127.0.0.1",
    "BEARBLOG_SMTP_PORT": "1",
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site that says in JSON what it says."""
    with (
        (tmp_path / "web.log").open("wb") as log,
        running_site(tmp_path / "site", settings=SETTINGS, web_log=log) as made,
    ):
        yield made


def forget_password(site: Site) -> None:
    """Asks for a letter with a link by which alice finds back in."""
    address = f"https://127.0.0.1:{site.port}/account/password/reset/"
    host: dict[str, Any] = {"sni_hostname": HOST}
    headers = {"Host": f"{HOST}:{site.port}", "X-Request-Id": LIE}
    # The certificate is of an authority that Caddy has just made up.
    with httpx.Client(verify=False, timeout=30, headers=headers) as client:  # noqa: S501
        form = client.get(address, extensions=host).text
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[0]
        sent = client.post(
            address,
            data={"csrfmiddlewaretoken": token, "email": "alice@example.org"},
            headers={"Origin": site.url},
            extensions=host,
        )
    assert sent.status_code == 302


@contextmanager
def worker(site: Site, log: Path) -> Iterator[None]:
    """The worker, until the block ends."""
    with (
        log.open("wb") as stream,
        process([sys.executable, "manage.py", "run_worker"], site.environment, stream),
    ):
        yield


def lines(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def test_from_the_access_log_to_the_letter(site: Site, tmp_path: Path) -> None:
    forget_password(site)
    (stored,) = lines(tmp_path / "web.log")
    name = stored["request_id"]
    assert name != LIE
    log = tmp_path / "worker.log"
    with worker(site, log):
        await_true(lambda: "Letter 1: " in log.read_text() and "SUCCESSFUL" in log.read_text(), seconds=60)
    told = [line["message"] for line in lines(log) if line.get("request_id") == name]
    # The clock may have been there before the task.
    begun, ended = [message for message in told if message.startswith("Task")]
    assert (begun.rpartition("=")[2], ended.rpartition("=")[2]) == ("RUNNING", "SUCCESSFUL")
    assert "Letter 1: failed (ConnectionRefusedError)." in told
    asked = [line for line in lines(site.folder / "log/access.log") if line.get("request_id") == name]
    assert [line["request"]["method"] for line in asked] == ["POST"]
