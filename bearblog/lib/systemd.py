"""Tells systemd how a service of Type=notify is doing (the protocol of sd_notify(3), without its library)."""

import os
import socket


def notify(state: str) -> bool:
    """Sends the state, such as `READY=1`, to the service manager; returns whether one listens."""
    # systemd names its socket in the environment; it is the one variable that is no setting of ours.
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    # A leading @ stands for the abstract name space.
    target = "\0" + address[1:] if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        try:
            manager.sendto(state.encode(), target)
        except OSError:
            return False
    return True
