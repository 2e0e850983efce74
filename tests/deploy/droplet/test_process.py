"""Background processes: started apart, found again by id and start time, ended by that id alone."""

import os
import signal
from pathlib import Path

from deploy.droplet import process


def test_a_process_runs_until_it_is_stopped(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    pid = process.start(["sleep", "60"], pid_file=pid_file, log_file=tmp_path / "log")
    assert process.running(pid_file) == pid
    process.stop(pid_file)
    assert process.running(pid_file) is None
    assert not pid_file.exists()


def test_a_process_that_ignores_the_signal_is_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    script = "trap '' TERM; echo ready; while :; do sleep 60; done"
    process.start(["sh", "-c", script], pid_file=pid_file, log_file=tmp_path / "log")
    while "ready" not in (tmp_path / "log").read_text():
        os.sched_yield()
    process.stop(pid_file, by=signal.SIGTERM, patience=0.2)
    assert process.running(pid_file) is None


def test_another_process_with_a_reused_id_is_left_alone(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    pid_file.write_text(f"{os.getpid()} 1")
    assert process.running(pid_file) is None
    process.stop(pid_file)


def test_what_the_program_says_lands_in_the_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    process.start(["sh", "-c", "echo out; echo err >&2"], pid_file=tmp_path / "pid", log_file=log)
    while "err" not in log.read_text():
        os.sched_yield()
    assert log.read_text() == "out\nerr\n"
