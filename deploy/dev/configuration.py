"""Renders the templates that the playbook installs, with paths under var/, and checks the outcome."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import jinja2

from deploy.dev.environment import CONTROL_SOCKET, DATABASE, HOST, PORT, PROJECT, REPLICA, VAR, WEB_SOCKET

CADDYFILE = VAR / "Caddyfile"
LITESTREAM_CONFIG = VAR / "litestream.yml"
_LITESTREAM_TEMPLATE = PROJECT / "ansible/roles/litestream/templates/litestream.yml.j2"


def render_caddyfile() -> None:
    """Writes var/Caddyfile: the box's own template, Caddy's own CA, ports that need no root."""
    variables = {
        "caddy_acme_ca": "internal",
        "caddy_admin_socket": VAR / "run/caddy.sock",
        "caddy_ask_port": 9080,
        "caddy_hosts_dir": DATABASE.parent / "hosts",
        "caddy_http_port": 8442,
        "caddy_https_port": PORT,
        "caddy_log_file": VAR / "log/access.log",
        "caddy_log_level": "WARN",
        "caddy_main_host": HOST,
        "caddy_protocols": "h1 h2",
        "caddy_static_root": VAR / "static",
        "caddy_storage_dir": VAR / "caddy",
        "caddy_web_socket": WEB_SOCKET,
    }
    _render(PROJECT / "caddy/Caddyfile.j2", CADDYFILE, variables)


def render_litestream(prefix: str) -> None:
    """Writes var/litestream.yml for a replica in a folder."""
    variables = {
        "litestream_database": DATABASE,
        "litestream_meta_path": VAR / "litestream" / prefix,
        "litestream_control_socket": CONTROL_SOCKET,
        "litestream_metrics_address": "127.0.0.1:9090",
        "litestream_replica_url": f"file://{REPLICA}/{prefix}",
    }
    _render(_LITESTREAM_TEMPLATE, LITESTREAM_CONFIG, variables)


def write_rclone_config() -> None:
    """Writes var/rclone.conf: the folder that stands for the bucket."""
    (VAR / "rclone.conf").write_text(f"[bucket]\ntype = alias\nremote = {REPLICA}\n")


def validate(environment: Mapping[str, str]) -> None:
    """Raises CalledProcessError where Caddy refuses its configuration."""
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(CADDYFILE)]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def _render(template: Path, target: Path, variables: Mapping[str, object]) -> None:
    loader = jinja2.Environment(
        loader=jinja2.FileSystemLoader(template.parent),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - configuration files, not HTML
    )
    target.write_text(loader.get_template(template.name).render(variables))
