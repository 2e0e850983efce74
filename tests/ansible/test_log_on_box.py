"""The journal of a real box: what its programs say is JSON there, and one name leads through all of it."""

import json
import re
from typing import Any

import pytest

from deploy.droplet.box import Box

pytestmark = pytest.mark.box

SPEAKERS = ("bearblog", "bearblog-worker", "bearblog-backup", "bearblog-drill", "litestream", "caddy")


def said(box: Box, unit: str, *options: str) -> list[dict[str, Any]]:
    """What the unit's programs say in the journal. Fails where a line of it is no JSON."""
    box.ssh("journalctl --sync")
    text = box.ssh(f"journalctl -q -o cat _SYSTEMD_UNIT={unit}.service _TRANSPORT=stdout {' '.join(options)}")
    return [json.loads(line) for line in text.splitlines()]


def test_what_its_programs_say_is_json(box: Box) -> None:
    shown = box.ssh("/root/deploy/backup.sh")
    assert re.match(r"Backup \d{8}T\d{6}Z: ", shown)
    # Passed or failed: it speaks either way.
    box.ssh("systemctl start --wait bearblog-drill.service || true")
    for unit in SPEAKERS:
        assert said(box, unit), unit


def test_a_request_is_found_by_its_name_and_by_how_grave_it_is(box: Box) -> None:
    with box.client() as client:
        assert client.get(f"{box.site_url}nowhere/?secret").status_code == 404
    (line,) = [line for line in said(box, "bearblog", "-p warning") if "/nowhere/" in line["message"]]
    assert line["message"] == "Not Found: /nowhere/"
    (asked,) = box.ssh(f"grep {line['request_id']} /var/log/caddy/access.log").splitlines()
    assert json.loads(asked)["request"]["uri"] == "/nowhere/"
    assert line["request_id"] in box.ssh(f"journalctl -u bearblog -o cat --grep {line['request_id']}")
    assert said(box, "bearblog", "-p err") == []


def test_a_person_reads_plain_lines(box: Box) -> None:
    assert "{" not in box.ssh("bearblog rebuild_hosts 2>&1")
