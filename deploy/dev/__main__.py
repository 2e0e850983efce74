"""Runs the whole stack as plain processes of this user: `python -m deploy.dev`.

`python -m deploy.dev run COMMAND...` runs one command in the same environment, such as `./manage.py shell`.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence

from deploy.dev import configuration
from deploy.dev.environment import HOST, PORT, PROJECT, VAR, environment, make_folders

_OWNER = f"owner@{HOST}"


def main(arguments: Sequence[str]) -> int:
    """Runs the stack, or one command in its environment; returns the exit code."""
    make_folders()
    variables = environment()
    if arguments and arguments[0] == "run":
        return subprocess.call(list(arguments[1:]), env=variables)
    try:
        _prepare(variables)
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"{(error.stderr or error.stdout or b'').decode()}\n{error}\n")
        return 1
    return subprocess.call(["honcho", "start"], env=variables)


def _prepare(variables: Mapping[str, str]) -> None:
    configuration.write_rclone_config()
    claim = json.loads(_manage(variables, "claim_replica"))
    configuration.render_litestream(claim["prefix"])
    configuration.render_caddyfile()
    configuration.validate(variables)
    _manage(variables, "migrate", "--verbosity=0")
    _manage(
        variables, "collectstatic", "--link", "--no-post-process", "--clear", "--no-input", "--verbosity=0"
    )
    owner = json.loads(
        _manage(
            variables,
            "create_owner",
            f"--email={_OWNER}",
            "--blog-title=Hello",
            "--blog-subdomain=hello",
        )
    )
    lines = [f"  The site         https://{HOST}:{PORT}/", f"  A blog           {owner['blog_url']}"]
    if owner["password_link"]:
        lines.append(f"  Set a password   {owner['password_link']}  (once, as {_OWNER})")
    lines.append(f"  Its own CA       {VAR.relative_to(PROJECT)}/caddy/pki/authorities/local/root.crt\n")
    sys.stdout.write("\n".join(lines))
    sys.stdout.flush()


def _manage(variables: Mapping[str, str], *arguments: str) -> str:
    command = [sys.executable, str(PROJECT / "manage.py"), *arguments]
    return subprocess.run(command, env=variables, check=True, capture_output=True, text=False).stdout.decode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
