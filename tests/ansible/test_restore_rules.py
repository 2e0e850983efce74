"""What a restore asks of the disk of a box that holds a database, before anything is touched."""

import json
import sys

import pytest

from tests.ansible.test_box_rules import run_playbook
from tests.rendering import PROJECT

ROLE = PROJECT / "ansible/roles/litestream"
GOOD: dict[str, object] = {"database": True, "database_mb": 1000, "free_mb": 2700}
RESTORE: dict[str, object] = {"restore": True, "restore_replace": True, "app_has_bucket": True}
HOSTS: dict[str, dict[str, object]] = {
    "roomy": {**RESTORE, "box": GOOD},
    "full": {**RESTORE, "box": {**GOOD, "free_mb": 2699}},
    "bare": {**RESTORE, "restore_replace": False, "box": {"database": False, "database_mb": 0, "free_mb": 1}},
    "unasked": {**RESTORE, "restore_replace": False, "box": GOOD},
    "snapshot": {**RESTORE, "restore_from": "snapshot", "box": GOOD},
    "stamp": {**RESTORE, "restore_from": "snapshot:20261121T024500Z", "box": GOOD},
    "moment": {**RESTORE, "restore_to": "2026-11-21T03:00:00Z", "restore_unchecked": True, "box": GOOD},
}
COMMANDS = "/srv/bearblog/releases/1/deploy/bearblog.sh"
SCRIPT = "/srv/bearblog/releases/1/backup/restore.sh"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """For each host the sentences that refuse it, and the command that would restore it."""
    folder = tmp_path_factory.mktemp("restore-rules")
    play = {
        "hosts": "all",
        "gather_facts": False,
        "connection": "local",
        "vars": {
            "app_release": {"version": "1"},
            "app_replica_url": "",
            "ansible_python_interpreter": sys.executable,
            "_command": "{{ _litestream_restore_command }}",
            "_refused": "{{ _litestream_rules | rejectattr('holds') | map(attribute='say') | list }}",
        },
        "vars_files": [str(ROLE / "defaults/main.yml"), str(ROLE / "vars/main.yml")],
        "tasks": [
            {
                "name": "Write what is said",
                "ansible.builtin.copy": {
                    "content": "{{ {'refused': _refused, 'command': _command} | to_json }}",
                    "dest": f"{folder}/{{{{ inventory_hostname }}}}.json",
                    "mode": "0644",
                },
            }
        ],
    }
    (folder / "inventory.yml").write_text(json.dumps({"all": {"hosts": HOSTS}}))
    (folder / "play.yml").write_text(json.dumps([play]))
    run_playbook(folder)
    return {name: json.loads((folder / f"{name}.json").read_text()) for name in HOSTS}


@pytest.mark.parametrize(
    ("host", "command"),
    [
        ("roomy", [COMMANDS, "restore_database", "--replace"]),
        (
            "moment",
            [COMMANDS, "restore_database", "--at", "2026-11-21T03:00:00Z", "--replace", "--unchecked"],
        ),
        ("snapshot", [SCRIPT, "bucket:latest", "--closed", "--replace"]),
        ("stamp", [SCRIPT, "bucket:20261121T024500Z", "--closed", "--replace"]),
        ("bare", [COMMANDS, "restore_database"]),
    ],
)
def test_what_is_asked_for_is_run(
    told: dict[str, dict[str, list[str]]], host: str, command: list[str]
) -> None:
    assert told[host] == {"refused": [], "command": command}


def test_a_disk_without_room_for_what_is_there_is_refused(told: dict[str, dict[str, list[str]]]) -> None:
    (sentence,) = told["full"]["refused"]
    assert "2699 MB of free disk space; to restore over a database of 1000 MB" in sentence
    assert "2700 MB are needed" in " ".join(sentence.split())


def test_a_database_is_not_replaced_unasked(told: dict[str, dict[str, list[str]]]) -> None:
    (sentence,) = told["unasked"]["refused"]
    assert "restore_replace=true" in sentence
