"""Puts a folder of a box on a file system of its own, in memory, which has little room."""

from deploy.droplet.box import Box


def put(box: Box, folder: str, *, free_mb: int) -> None:
    """Leaves that much room for the folder, which keeps what it holds."""
    box.ssh(
        f"disk=$(mktemp --directory) && size=$(du --summarize --block-size=1M {folder} | cut --fields=1) && "
        f"mount -t tmpfs -o size=$((size + {free_mb}))M tmpfs $disk && cp --archive {folder}/. $disk && "
        f"mount --bind $disk {folder}"
    )


def fill(box: Box, folder: str) -> None:
    """Takes all the room there is."""
    # head ends with an error when there is none left, as it must.
    box.ssh(f"! head --bytes=100G /dev/zero >{folder}/filling 2>/dev/null")


def relieve(box: Box, folder: str) -> None:
    """Gives the room back."""
    box.ssh(f"rm {folder}/filling")
