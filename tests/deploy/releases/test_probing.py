"""What the box's own front door answers. A living one: test_release_on_box.py."""

import socket

from deploy.releases import probing
from deploy.releases.places import Places


def test_a_door_that_nobody_opens_is_said_with_its_reason(places: Places) -> None:
    with socket.socket() as taken:
        # Bound and not listening: whoever comes is refused.
        taken.bind(("127.0.0.1", 0))
        places.environment.parent.mkdir(parents=True)
        places.environment.write_text(
            f'BEARBLOG_MAIN_HOST="bear.localhost"\nBEARBLOG_HTTPS_PORT="{taken.getsockname()[1]}"\n'
        )
        found = probing.visit(places, seconds=0.2)
    assert found.status == 0
    assert "refused" in found.problem
    assert found.seconds >= 0.2
