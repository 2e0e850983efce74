"""The box's Caddy with three hosts more, for what a stored post is compared with; with its log or without.

`plain.…` serves files and does nothing else, `rendered.…` has Django render one post anew at each request,
`found.…` has Django send what it finds stored.
"""

from deploy.bench.load import Page
from deploy.bench.testbed import Testbed
from deploy.droplet import playbook
from deploy.droplet.program import run

PLAIN, RENDERED, FOUND = (f"{name}.{playbook.MAIN_HOST}" for name in ("plain", "rendered", "found"))
PLAIN_ROOT = "/srv/bearblog/current/static"
_FOLDER = "/etc/caddy/bench"

_FILES = """
https://{name} {{
	import access_log
	root * {root}
	file_server {{
		precompressed br gzip
	}}
}}
"""
# Compressed on the fly, as every answer is that comes from the application.
_DJANGO = """
https://{name} {{
	encode zstd gzip
	reverse_proxy unix//run/bearblog/web.sock {{
		header_up Host {host}
		header_up X-Real-IP {{remote_host}}
		{more}
		transport http {{
			keepalive off
		}}
	}}
}}
"""
_RENDER_ANEW = "header_up X-Bearblog-Render compare"
_WITHOUT_LOG = """
import json, sys
config = json.load(sys.stdin)
for server in config["apps"]["http"]["servers"].values():
    server.pop("logs", None)
json.dump(config, sys.stdout)
"""


def add_hosts(bed: Testbed, post: Page) -> None:
    """Lets Caddy answer at the three hosts, at two of them for the post, until `systemctl reload caddy`."""
    host = f"{post.host}:{bed.door.port}"
    sites = _FILES.format(name=PLAIN, root=PLAIN_ROOT)
    sites += _DJANGO.format(name=RENDERED, host=host, more=_RENDER_ANEW)
    sites += _DJANGO.format(name=FOUND, host=host, more="")
    _write(bed, "Caddyfile", f"import /etc/caddy/Caddyfile\n{sites}")
    _write(bed, "without_log.py", _WITHOUT_LOG)
    bed.box.ssh(
        f"cd {_FOLDER} && caddy adapt --config Caddyfile --adapter caddyfile > logged.json"
        " && python3 without_log.py < logged.json > silent.json"
    )
    LogSwitch(bed).turn(on=True)


class LogSwitch:
    """Turns the access log on, as installed, and off. What it says while it is on is kept as on any box."""

    def __init__(self, bed: Testbed) -> None:
        self._bed = bed
        self._is_on: bool | None = None

    def turn(self, *, on: bool) -> bool:
        """Whether it stood otherwise."""
        if self._is_on is on:
            return False
        name = "logged" if on else "silent"
        options = f"--force --address unix//run/caddy/admin.sock --config {_FOLDER}/{name}.json"
        self._bed.box.ssh(f"caddy reload {options}")
        self._is_on = on
        return True


def reset(bed: Testbed) -> None:
    """Gives Caddy back what the playbook installed."""
    bed.box.ssh("systemctl reload caddy")


def _write(bed: Testbed, name: str, text: str) -> None:
    command = f"mkdir -p {_FOLDER} && cat > {_FOLDER}/{name}"
    run("ssh", "-F", str(bed.box.droplet.ssh_config), "droplet", command, text=text)
