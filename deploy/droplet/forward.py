"""Brings a droplet's HTTPS port to this machine's loopback, so that a browser here opens its pages."""

from deploy.droplet import process
from deploy.droplet.state import Droplet

_PROXY = "/lib/systemd/systemd-socket-proxyd"


def start(droplet: Droplet) -> None:
    """Listens on 127.0.0.1 and ::1 and passes each connection on to the droplet."""
    pid_file = droplet.home / "forward.pid"
    if process.running(pid_file) is None:
        port = droplet.https_port
        process.start(
            [
                "systemd-socket-activate",
                f"--listen=127.0.0.1:{port}",
                f"--listen=[::1]:{port}",
                _PROXY,
                f"{droplet.address}:{port}",
            ],
            pid_file=pid_file,
            log_file=droplet.home / "forward.log",
        )


def stop(droplet: Droplet) -> None:
    """Closes the loopback port."""
    process.stop(droplet.home / "forward.pid")
