"""Runs a playbook against this very machine in check mode: for what is refused before anything is touched."""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.rendering import PROJECT


def check_here(folder: Path, hosts: Mapping[str, Mapping[str, object]], playbook: str = "site.yml") -> str:
    """All that the playbook says, on one line, of an inventory which knows this machine by several names."""
    inventory = folder / "inventory.yml"
    here = {"ansible_connection": "local", "ansible_become": False, "ansible_python_interpreter": "python3"}
    known = {name: {**here, **variables} for name, variables in hosts.items()}
    inventory.write_text(json.dumps({"all": {"hosts": known}}))
    done = subprocess.run(
        [
            PROJECT / ".venv/bin/ansible-playbook",
            "--check",
            "-i",
            inventory,
            PROJECT / "ansible" / playbook,
        ],
        env={**os.environ, "ANSIBLE_CONFIG": str(PROJECT / "ansible/ansible.cfg"), "ANSIBLE_NOCOLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    return " ".join(done.stdout.replace("''", "'").split())


def refusal(said: str, host: str) -> str:
    """What was said in refusing that host."""
    (found,) = re.findall(rf"fatal: \[{host}\]: (.*?)(?=\[ERROR\]|fatal: \[|PLAY RECAP)", said)
    return str(found)
