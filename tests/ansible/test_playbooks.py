"""The playbooks, as Ansible reads them."""

import subprocess

import pytest

from tests.rendering import PROJECT

PLAYBOOKS = sorted(path.name for path in (PROJECT / "ansible").glob("*.yml"))


def test_ansible_can_read_every_playbook() -> None:
    assert PLAYBOOKS == [
        "backup.yml",
        "doctor.yml",
        "drill.yml",
        "release.yml",
        "restore.yml",
        "rollback.yml",
        "site.yml",
    ]
    done = subprocess.run(
        [
            PROJECT / ".venv/bin/ansible-playbook",
            "--syntax-check",
            "-i",
            "inventory/example.yml",
            *PLAYBOOKS,
        ],
        cwd=PROJECT / "ansible",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["caddy", "litestream", "rclone"])
def test_the_recorded_program_is_the_one_that_the_tests_run(name: str) -> None:
    recorded = (PROJECT / "ansible/roles/app/defaults/main.yml").read_text()
    file = PROJECT / ".venv/bin" / name
    digest = subprocess.run(["sha256sum", file], capture_output=True, text=True, check=True).stdout.split()[0]
    assert f"sha256: {digest}\n" in recorded
