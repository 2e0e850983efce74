"""What root sees of a box: a folder that stands for one, with programs of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from deploy.survey import droplet, kernel, machine, updates
from tests.rendering import PROJECT

NOBODY = "http://127.0.0.1:9"
SIMULATED = """\
NOTE: This is only a simulation!
Inst openssl [3.5.1-1] (3.5.1-1+deb13u1 Debian-Security:13/stable-security [amd64])
Inst libgcrypt20 [1.10.1-3] (1.10.1-4 Debian:12.15/oldstable, Debian-Security:12/oldstable-security [amd64])
Inst bash [5.2.37-2] (5.2.37-2+b5 Debian:13.2/stable [amd64])
Conf openssl (3.5.1-1+deb13u1 Debian-Security:13/stable-security [amd64])
"""


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A healthy box's files and the programs that are asked on it."""
    write(tmp_path, "proc/meminfo", "MemTotal: 1000 kB\nMemFree: 10 kB\nMemAvailable: 400 kB\nHugePages: 0\n")
    write(tmp_path, "var/lib/dpkg/status", "")
    (tmp_path / "var/lib/apt/lists").mkdir(parents=True)
    program(tmp_path, "systemctl", "")
    program(tmp_path, "timedatectl", "echo yes")
    program(tmp_path, "apt-get", f"cat <<'END'\n{SIMULATED}END")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)


def program(root: Path, name: str, script: str) -> None:
    write(root, f"bin/{name}", f"#!/bin/sh\n{script}\n")
    (root / "bin" / name).chmod(0o755)


def survey(box: Path) -> dict[str, Any]:
    command = [sys.executable, "-B", "-m", "deploy.survey", "--to", f"{box}/box.json", "--root", f"{box}"]
    subprocess.run([*command, "--metadata", NOBODY], cwd=PROJECT, check=True)
    found: dict[str, Any] = json.loads((box / "box.json").read_text())
    return found


@contextmanager
def metadata(answers: dict[str, str]) -> Iterator[str]:
    """The address of a service that answers as a droplet's does."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path in answers else 404)
            self.end_headers()
            self.wfile.write(answers.get(self.path, "").encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_healthy_box_is_seen_whole(box: Path) -> None:
    found = survey(box)
    assert found["troubles"] == {}
    assert found["memory"] == {"total": 1024_000, "available": 409_600}
    assert (found["failed_units"], found["clock"], found["reboot"]) == ([], "right", "")
    assert (found["certificates"], found["drift"]["recorded"]) == ([], False)
    assert found["updates"]["security"] == 2
    assert found["reserved_address"] == {"droplet": False, "address": ""}
    assert (box / "box.json").stat().st_mode & 0o777 == 0o640


def test_what_cannot_be_seen_costs_one_thing_only(box: Path) -> None:
    program(box, "systemctl", "exit 1")
    (box / "proc/meminfo").unlink()
    found = survey(box)
    assert (found["memory"], found["failed_units"], found["clock"]) == (None, None, "right")
    assert set(found["troubles"]) == {"memory", "failed_units"}


def test_updates_are_counted_again_only_when_something_changed(box: Path) -> None:
    assert survey(box)["updates"]["security"] == 2
    program(box, "apt-get", "exit 1")
    assert survey(box)["updates"]["security"] == 2
    os.utime(box / "var/lib/dpkg/status", (1, 1))
    assert "updates" in survey(box)["troubles"]


def test_a_damaged_survey_of_before_is_no_hindrance(box: Path) -> None:
    for content in ("{", "[]"):
        (box / "box.json").write_text(content)
        assert survey(box)["updates"]["security"] == 2


def test_only_the_security_archive_counts() -> None:
    assert updates.count(SIMULATED) == 2
    assert updates.count("") == 0


def test_failed_units_are_named(box: Path) -> None:
    program(box, "systemctl", "echo 'litestream.service loaded failed failed Litestream'; echo")
    assert machine.failed_units() == ["litestream.service"]


def test_a_clock_that_nobody_sets_is_adrift_and_a_containers_is_its_hosts(box: Path) -> None:
    program(box, "timedatectl", "echo no")
    assert machine.clock(box) == "adrift"
    write(box, "run/systemd/container", "systemd-nspawn")
    assert machine.clock(box) == "host"


def test_memory_that_is_not_told_is_refused(box: Path) -> None:
    write(box, "proc/meminfo", "MemTotal: 1000 kB\n")
    with pytest.raises(ValueError, match="does not say"):
        machine.memory(box)


def test_a_reboot_is_asked_for_by_a_file_or_a_newer_kernel(tmp_path: Path) -> None:
    assert kernel.reason_to_reboot(tmp_path, "6.12.9+deb13-amd64") == ""
    for version in ("6.12.9+deb13-amd64", "6.1.0-40-amd64"):
        write(tmp_path, f"boot/vmlinuz-{version}", "")
    assert kernel.reason_to_reboot(tmp_path, "6.12.9+deb13-amd64") == ""
    write(tmp_path, "boot/vmlinuz-6.12.10+deb13-amd64", "")
    assert "Linux 6.12.10+deb13-amd64 is installed" in kernel.reason_to_reboot(tmp_path, "6.12.9+deb13-amd64")
    write(tmp_path, "run/reboot-required", "")
    assert kernel.reason_to_reboot(tmp_path) == "An update asks for it."


def test_a_droplet_tells_its_reserved_address(tmp_path: Path) -> None:
    write(tmp_path, "sys/class/dmi/id/sys_vendor", "DigitalOcean\n")
    place = "/metadata/v1/reserved_ip/ipv4/"
    with metadata({f"{place}active": "true", f"{place}ip_address": "203.0.113.7\n"}) as address:
        assert droplet.reserved_address(tmp_path, address) == {"droplet": True, "address": "203.0.113.7"}
    with metadata({f"{place}active": "false"}) as address:
        assert droplet.reserved_address(tmp_path, address) == {"droplet": True, "address": ""}


def test_a_droplet_whose_service_is_silent_is_a_trouble(tmp_path: Path) -> None:
    write(tmp_path, "sys/class/dmi/id/sys_vendor", "DigitalOcean\n")
    with pytest.raises(OSError, match="refused"):
        droplet.reserved_address(tmp_path, NOBODY)


@pytest.mark.parametrize("vendor", ["Hetzner", "DigitalOcean"])
def test_nobody_is_asked_on_another_machine_or_in_a_container(tmp_path: Path, vendor: str) -> None:
    write(tmp_path, "sys/class/dmi/id/sys_vendor", vendor)
    if vendor == "DigitalOcean":
        write(tmp_path, "run/systemd/container", "systemd-nspawn")
    assert droplet.reserved_address(tmp_path, NOBODY) == {"droplet": False, "address": ""}
