"""Visits the site through the box's own front door until it answers, and prints what it found as JSON.

Runs on the box, standard library only. Arguments: the main host, the port, and how many seconds to try.
"""

import http.client
import json
import socket
import ssl
import sys
import time


def visit(host: str, port: int) -> int:
    # The way in is tested here, not the authority: a private one is as good.
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", port), timeout=5) as plain,
        context.wrap_socket(plain, server_hostname=host) as secure,
    ):
        connection = http.client.HTTPSConnection(host, port)
        connection.sock = secure
        # For whoever has a cookie the application itself makes the page; a stored one would prove nothing.
        connection.request("GET", "/", headers={"Cookie": "visit=1"})
        return connection.getresponse().status


def main(host: str, port: int, patience: float) -> None:
    begun = time.monotonic()
    while True:
        try:
            status, problem = visit(host, port), ""
        except (OSError, http.client.HTTPException) as error:
            status, problem = 0, str(error)
        seconds = time.monotonic() - begun
        if status == 200 or seconds > patience:
            sys.stdout.write(json.dumps({"status": status, "problem": problem, "seconds": round(seconds, 1)}))
            return
        time.sleep(0.1)


main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
