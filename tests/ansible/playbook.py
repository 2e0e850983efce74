"""Runs a playbook against this very machine in check mode: for what is refused before anything is touched."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.rendering import PROJECT


def check_here(folder: Path, variables: Mapping[str, object], playbook: str = "site.yml") -> str:
    """What the playbook says of an inventory with these variables for this machine, on one line."""
    inventory = folder / "inventory.yml"
    host = {"ansible_connection": "local", "ansible_become": False, "ansible_python_interpreter": "python3"}
    inventory.write_text(json.dumps({"all": {"hosts": {"here": {**host, **variables}}}}))
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
