"""The Caddyfile, as Caddy itself judges it."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.caddy.conftest import variables
from tests.rendering import PROJECT, render

CADDY = PROJECT / ".venv/bin/caddy"
AUTHORITIES: dict[str, dict[str, object]] = {
    "the box's own": {"caddy_acme_ca": "internal"},
    "the public one": {
        "caddy_acme_ca": "https://acme-v02.api.letsencrypt.org/directory",
        "caddy_acme_email": "owner@example.org",
        "caddy_https_port": 443,
    },
}


@pytest.fixture(params=AUTHORITIES)
def caddyfile(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    file = tmp_path / "Caddyfile"
    file.write_text(render("caddy/Caddyfile.j2", {**variables(tmp_path), **AUTHORITIES[request.param]}))
    return file


def test_caddy_accepts_the_file(caddyfile: Path) -> None:
    done = subprocess.run(
        [CADDY, "validate", "--adapter", "caddyfile", "--config", caddyfile],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_file_is_formatted_as_caddy_would(caddyfile: Path) -> None:
    done = subprocess.run([CADDY, "fmt", caddyfile], capture_output=True, text=True, check=False)
    assert done.stdout == caddyfile.read_text()


def test_the_usual_port_is_not_named_in_redirects(tmp_path: Path) -> None:
    text = render("caddy/Caddyfile.j2", {**variables(tmp_path), "caddy_https_port": 443})
    assert "redir @named https://{host}{uri} 308" in text


def test_the_playbook_makes_the_same_file(tmp_path: Path) -> None:
    # Ansible treats the ends of included files in a way of its own.
    values = {name: str(value) for name, value in variables(tmp_path).items()}
    task = {"src": str(PROJECT / "caddy/Caddyfile.j2"), "dest": str(tmp_path / "by-playbook")}
    play = {"hosts": "localhost", "gather_facts": False, "tasks": [{"ansible.builtin.template": task}]}
    (tmp_path / "play.yml").write_text(json.dumps([play | {"connection": "local", "vars": values}]))
    ansible = str(PROJECT / ".venv/bin/ansible-playbook")
    options = ["-i", "localhost,", "-e", "ansible_python_interpreter=python3"]
    subprocess.run([ansible, *options, str(tmp_path / "play.yml")], check=True, capture_output=True)
    (tmp_path / "by-tests").write_text(render("caddy/Caddyfile.j2", values))
    assert adapted(tmp_path / "by-playbook") == adapted(tmp_path / "by-tests")


def adapted(file: Path) -> str:
    """What Caddy understands, but for its own name of the file."""
    done = subprocess.run(
        [str(CADDY), "adapt", "--adapter", "caddyfile", "--config", str(file)],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.replace(str(file), "")
