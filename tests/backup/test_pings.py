"""The switch of the backup hears when it begins and how it ended; its own trouble fails nothing."""

import fcntl
import os
import signal
import subprocess

import pytest

from tests.backup.scratch_box import PROJECT, ScratchBox
from tests.listener import Listener
from tests.replicas import await_true


@pytest.fixture
def pinging(box: ScratchBox, listener: Listener) -> ScratchBox:
    """A box whose inventory names a switch."""
    (box.credentials / "ping_backup").write_text(f"{listener.url}/uuid\n")
    return box


def paths(listener: Listener) -> list[str]:
    return [posted.path for posted in listener.posted]


def test_a_backup_is_told_at_its_beginning_and_at_its_end(pinging: ScratchBox, listener: Listener) -> None:
    said = pinging.succeed("backup.sh", "--now")
    assert paths(listener) == ["/uuid/start", "/uuid"]
    begun, done = listener.posted
    assert begun.body == b""
    assert done.body.decode().splitlines()[-1] == said.splitlines()[-1]
    assert list((pinging.root / "tmp").iterdir()) == []


def test_one_that_fails_is_told_with_its_last_words(pinging: ScratchBox, listener: Listener) -> None:
    pinging.database.unlink()
    refused = pinging.refuse("backup.sh", "--now")
    assert paths(listener) == ["/uuid/start", "/uuid/fail"]
    assert listener.posted[1].body.decode().strip() in refused
    assert "there is no database" in refused


def test_one_that_is_ended_from_outside_is_never_told_as_done(
    pinging: ScratchBox, listener: Listener
) -> None:
    # It waits there for somebody who writes.
    (pinging.data / "media-incoming").touch()
    (pinging.root / "bin/rclone").write_text("#!/bin/sh\nexec sleep 60\n")
    (pinging.root / "bin/rclone").chmod(0o755)
    script = subprocess.Popen(
        [PROJECT / "backup/backup.sh", "--now"],
        env=pinging.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    await_true(lambda: any((pinging.root / "tmp").glob("*/bucket.log")))
    os.killpg(script.pid, signal.SIGTERM)
    assert script.wait(timeout=30) != 0
    assert paths(listener)[0] == "/uuid/start"
    assert "/uuid" not in paths(listener)


@pytest.mark.parametrize("status", [404, 500])
def test_a_switch_that_refuses_fails_no_backup(pinging: ScratchBox, listener: Listener, status: int) -> None:
    listener.status = status
    done = pinging.run("backup.sh", "--now")
    assert done.returncode == 0
    assert f"The ping `start` was not sent: The answer was {status}." in done.stderr
    assert len(pinging.sets()) == 1


def test_a_switch_that_is_not_there_fails_no_backup(pinging: ScratchBox, listener: Listener) -> None:
    listener.close()
    done = pinging.run("backup.sh", "--now")
    listener.open()
    assert (done.returncode, len(pinging.sets())) == (0, 1)
    assert "127.0.0.1" not in done.stderr


def test_one_that_another_forestalls_is_not_told(pinging: ScratchBox, listener: Listener) -> None:
    with (pinging.backups / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        pinging.refuse("backup.sh", "--now")
    assert paths(listener) == []


def test_without_a_switch_nobody_is_told(box: ScratchBox, listener: Listener) -> None:
    box.succeed("backup.sh", "--now")
    assert paths(listener) == []
