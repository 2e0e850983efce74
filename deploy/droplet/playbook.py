"""Writes the inventory of a local droplet and runs the playbooks against it, as an operator would."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence

import yaml

from deploy.droplet import bucket, image, machine, state
from deploy.droplet.program import run
from deploy.droplet.state import Droplet, DropletError

MAIN_HOST = "bear.localhost"
OWNER = "owner@bear.localhost"
FIRST_BLOG = "hello"
_BACKUP_KEY = state.SHARED / "backup.key"


def bucket_variables(name: str) -> dict[str, object]:
    """What an inventory says of a bucket of that name on the local S3 server."""
    pair = bucket.keys()
    return {
        "bucket_name": name,
        "bucket_endpoint": bucket.ENDPOINT,
        "bucket_region": bucket.REGION,
        "bucket_access_key": pair.access_key,
        "bucket_secret_key": pair.secret_key,
        "backup_key": _backup_key(),
    }


def write_inventory(droplet: Droplet, variables: Mapping[str, object]) -> None:
    """Writes the droplet's inventory; the given variables win over the local defaults."""
    host = {
        "ansible_host": droplet.address,
        "ansible_user": "root",
        "ansible_ssh_common_args": f"-F {droplet.ssh_config}",
        "ansible_python_interpreter": "/usr/bin/python3",
        "main_host": MAIN_HOST,
        "https_port": droplet.https_port,
        "public_ipv4": droplet.address,
        "acme_ca": "internal",
        "owner_email": OWNER,
        "first_blog_title": "Hello",
        "first_blog_subdomain": FIRST_BLOG,
        **variables,
    }
    droplet.inventory.touch(mode=0o600)
    droplet.inventory.write_text(yaml.safe_dump({"all": {"hosts": {droplet.name: host}}}, sort_keys=False))


def play(
    droplet: Droplet,
    playbook: str,
    *arguments: str,
    quiet: bool = False,
    environment: Mapping[str, str] | None = None,
) -> str:
    """Runs a playbook against the droplet; its output, if quiet. Raises DropletError when it fails."""
    command = playbook_command(droplet, playbook, *arguments)
    config = {"ANSIBLE_CONFIG": str(state.PROJECT / "ansible/ansible.cfg")}
    done = subprocess.run(
        command,
        env={**os.environ, **config, **(environment or {})},
        stdin=subprocess.DEVNULL,
        text=True,
        capture_output=quiet,
        check=False,
    )
    if done.returncode:
        output = f"\n{done.stdout}\n{done.stderr}" if quiet else ""
        raise DropletError(f"ansible-playbook {playbook} failed; what it said last is above.{output}")
    return done.stdout or ""


def playbook_command(droplet: Droplet, playbook: str, *arguments: str) -> Sequence[str]:
    """The ansible-playbook command for the droplet."""
    program = state.PROJECT / ".venv/bin/ansible-playbook"
    return [
        str(program),
        "-i",
        str(droplet.inventory),
        *arguments,
        str(state.PROJECT / "ansible" / playbook),
    ]


def write_facts(droplet: Droplet, bucket_name: str) -> dict[str, str]:
    """Writes facts.env and root-ca.crt from what runs on the droplet, and returns the facts."""
    authority = machine.ssh(
        droplet,
        "cat /var/lib/caddy/pki/authorities/local/root.crt 2>/dev/null || cat "
        "/var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt",
    )
    (droplet.home / "root-ca.crt").write_text(authority)
    owner = json.loads(
        machine.ssh(
            droplet,
            f"bearblog create_owner --email {OWNER} --blog-title Hello --blog-subdomain {FIRST_BLOG}",
        )
    )
    facts = {
        "SITE_URL": f"https://{MAIN_HOST}:{droplet.https_port}/",
        "BLOG_URL": owner["blog_url"],
        "PASSWORD_LINK": owner["password_link"] or "",
        "OWNER_EMAIL": OWNER,
        "DROPLET_IP": droplet.address,
        "HTTPS_PORT": str(droplet.https_port),
        "S3_ENDPOINT": bucket.ENDPOINT,
        "S3_BUCKET": bucket_name,
        "SSH_CONFIG": str(droplet.ssh_config),
        "SSH_KEY": str(image.KEY),
        "ROOT_CA": str(droplet.home / "root-ca.crt"),
    }
    (droplet.home / "facts.env").write_text("".join(f"{name}={value}\n" for name, value in facts.items()))
    return facts


def _backup_key() -> str:
    if not _BACKUP_KEY.exists():
        run("age-keygen", "-o", str(_BACKUP_KEY))
    lines = _BACKUP_KEY.read_text().splitlines()
    return next(line for line in lines if line.startswith("AGE-SECRET-KEY-"))
