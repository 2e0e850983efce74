"""What the first play says of the box: a wrong release, a short disk, a domain that leads elsewhere."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rendering import PROJECT

GOOD = {
    "system": "debian 13",
    "system_name": "Debian GNU/Linux 13",
    "architecture": "x86_64",
    "is_root": True,
    "has_systemd": True,
    "has_authorized_key": True,
    "free_mb": 20_000,
    "memory_mb": 2_000,
    "resolved": ["203.0.113.7"],
    "addresses": ["203.0.113.10"],
}
VARIABLES = {
    "app_main_host": "blog.example.org",
    "app_public_ipv4": "203.0.113.7",
    "app_public_ipv6": "",
    "app_binaries": [],
    "host_free_mb": 3_000,
    "ansible_python_interpreter": sys.executable,
}
BOXES: dict[str, dict[str, object]] = {
    "good": {},
    "old": {"system": "debian 12", "system_name": "Debian GNU/Linux 12"},
    "full": {"free_mb": 100},
    "small": {"memory_mb": 512},
    "elsewhere": {"resolved": ["198.51.100.1"]},
    "unreserved": {"addresses": ["203.0.113.7"]},
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """For each box the sentences that stop the playbook, and those that only warn."""
    folder = tmp_path_factory.mktemp("rules")
    rows = "{{ %s | rejectattr('holds') | map(attribute='say') | list }}"
    play = {
        "hosts": "all",
        "gather_facts": False,
        "connection": "local",
        "vars_files": [str(PROJECT / "ansible/vars/box_rules.yml")],
        "vars": {"rules": rows % "box_rules", "warnings": rows % "box_warnings"},
        "tasks": [
            {
                "name": "Write what is said",
                "ansible.builtin.copy": {
                    "content": "{{ {'refused': rules, 'warned': warnings} | to_json }}",
                    "dest": f"{folder}/{{{{ inventory_hostname }}}}.json",
                    "mode": "0644",
                },
            }
        ],
    }
    hosts = {name: {**VARIABLES, "box": {**GOOD, **found}} for name, found in BOXES.items()}
    (folder / "inventory.yml").write_text(json.dumps({"all": {"hosts": hosts}}))
    (folder / "play.yml").write_text(json.dumps([play]))
    run_playbook(folder)
    return {name: json.loads((folder / f"{name}.json").read_text()) for name in BOXES}


def run_playbook(folder: Path) -> None:
    """Runs the folder's play over its inventory on this machine."""
    program = PROJECT / ".venv/bin/ansible-playbook"
    subprocess.run(
        [program, "-i", folder / "inventory.yml", folder / "play.yml"],
        env={**os.environ, "ANSIBLE_LOCALHOST_WARNING": "false"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )


def test_a_good_box_is_left_in_peace(said: dict[str, dict[str, list[str]]]) -> None:
    assert said["good"] == {"refused": [], "warned": []}


@pytest.mark.parametrize(
    ("box", "words"),
    [("old", "it must be Debian 13"), ("full", "100 MB of free disk space; 3000 MB are needed")],
)
def test_a_box_that_will_not_do_is_refused(
    said: dict[str, dict[str, list[str]]], box: str, words: str
) -> None:
    (sentence,) = said[box]["refused"]
    assert words in sentence


@pytest.mark.parametrize(
    ("box", "words"),
    [
        ("small", "1 GB is the least"),
        ("elsewhere", "blog.example.org does not lead to this box yet"),
        ("unreserved", "With a reserved address, a restored site needs no change of DNS"),
    ],
)
def test_what_is_worth_knowing_only_warns(
    said: dict[str, dict[str, list[str]]], box: str, words: str
) -> None:
    (sentence,) = said[box]["warned"]
    assert words in " ".join(sentence.split())
    assert said[box]["refused"] == []
