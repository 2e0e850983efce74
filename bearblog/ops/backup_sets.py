"""The backup sets in the bucket, for whoever must choose one."""

from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.snapshots import manifest
from bearblog.engines.snapshots.errors import SnapshotError

_FOLDER = "backups"
_SHOWN = 3
_LISTING_SECONDS = 60.0


def describe_newest(bucket: Bucket) -> str:
    """The newest whole sets, and the variable that restores one of them, as sentences. Never raises."""
    try:
        stamps = newest_whole(bucket, _SHOWN)
    except ReplicationError as error:
        return f"The backup sets in the bucket could not be listed: {error}"
    if not stamps:
        return "The bucket holds no whole backup set; sets of this box itself may lie in /root/backups."
    return (
        f"The newest whole backup sets in the bucket: {', '.join(stamps)}. To restore one, run restore.yml "
        f"again with -e restore_from=snapshot:{stamps[0]}."
    )


def newest_whole(bucket: Bucket, count: int) -> list[str]:
    """The stamps of the newest sets whose files are all there in their sizes, newest first.

    Raises ReplicationError. Whether the bytes are right is read when one is restored, before anything else.
    """
    objects = bucket.objects(_FOLDER, seconds=_LISTING_SECONDS)
    sizes = {f"{_FOLDER}/{one.path}": one.size for one in objects}
    sets = {path.rpartition("/")[0] for path in sizes if path.endswith(f"/{manifest.NAME}")}
    found: list[str] = []
    for folder in sorted(sets, key=_stamp, reverse=True):
        if _stamp(folder) not in found and _is_whole(bucket, folder, sizes):
            found.append(_stamp(folder))
        if len(found) == count:
            break
    return found


def _stamp(folder: str) -> str:
    return folder.rpartition("/")[2]


def _is_whole(bucket: Bucket, folder: str, sizes: dict[str, int]) -> bool:
    try:
        sealed = manifest.parse_manifest(bucket.read(f"{folder}/{manifest.NAME}") or b"")
    except SnapshotError:
        return False
    return all(sizes.get(f"{folder}/{name}") == mark.bytes for name, mark in sealed.files.items())
