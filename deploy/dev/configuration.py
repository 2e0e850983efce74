"""Renders the templates that the playbook installs, with paths under var/, and checks the outcome."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import jinja2

from deploy.dev.environment import CONTROL_SOCKET, DATABASE, HOST, PORT, PROJECT, REPLICA, VAR

CADDYFILE = VAR / "Caddyfile"
LITESTREAM_CONFIG = VAR / "litestream.yml"
_LITESTREAM_TEMPLATE = PROJECT / "ansible/roles/litestream/templates/litestream.yml.j2"


def render_caddyfile(
    folder: Path = VAR, *, https_port: int = PORT, http_port: int = 8442, ask_port: int = 9080
) -> None:
    """Writes the folder's Caddyfile: the box's own template, Caddy's own CA, ports that need no root."""
    variables = {
        "caddy_acme_ca": "internal",
        "caddy_admin_socket": folder / "run/caddy.sock",
        "caddy_ask_port": ask_port,
        "caddy_blogs_domain": HOST,
        "caddy_hosts_dir": folder / "data/hosts",
        "caddy_http_port": http_port,
        "caddy_https_port": https_port,
        "caddy_log_file": folder / "log/access.log",
        "caddy_log_level": "WARN",
        "caddy_main_host": HOST,
        "caddy_last_root": folder / "cache/last",
        "caddy_media_root": folder / "data/media",
        "caddy_pages_root": folder / "cache/pages",
        "caddy_protocols": "h1 h2",
        "caddy_static_root": folder / "static",
        "caddy_storage_dir": folder / "caddy",
        "caddy_web_socket": folder / "run/web.sock",
    }
    _render(PROJECT / "caddy/Caddyfile.j2", folder / "Caddyfile", variables)


def render_litestream(
    prefix: str,
    folder: Path = VAR,
    *,
    replica_url: str = f"file://{REPLICA}/{{prefix}}",
    metrics_port: int = 9090,
) -> None:
    """Writes the folder's litestream.yml: the box's own template, for a replica at this address."""
    variables = {
        "litestream_database": folder / DATABASE.relative_to(VAR),
        "litestream_meta_path": folder / "litestream" / prefix,
        "litestream_control_socket": folder / CONTROL_SOCKET.relative_to(VAR),
        "litestream_metrics_address": f"127.0.0.1:{metrics_port}",
        "litestream_replica_url": replica_url.replace("{prefix}", prefix),
    }
    _render(_LITESTREAM_TEMPLATE, folder / LITESTREAM_CONFIG.relative_to(VAR), variables)


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
