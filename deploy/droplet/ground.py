"""What all local droplets stand on: the bare Debian, the bridge, the S3 server."""

import shutil

from deploy.droplet import bucket, image, network, state
from deploy.droplet.progress import step


def prepare() -> None:
    """Makes and starts what is missing. Safe to run again, and from several commands at once."""
    with state.locked("ground"):
        if not image.BASE.exists():
            with step("Making a bare Debian 13 (once)"):
                image.make_base()
        image.make_key()
        network.open_bridge()
        if not bucket.is_running():
            with step("Starting the S3 server that stands for Spaces"):
                bucket.start()


def clear_unless_used(*, keep_image: bool = False) -> None:
    """Takes everything down when no droplet is left."""
    with state.locked("ground"):
        if state.every():
            return
        bucket.stop()
        network.close_bridge()
        if not keep_image:
            shutil.rmtree(state.HOME, ignore_errors=True)
