"""This box in the words of its settings: where its files lie, and the bucket that it replicates to."""

from pathlib import Path

from django.conf import settings

from bearblog.engines.replication import drills, installation, superseded
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.media import MediaMirror


def bucket() -> Bucket:
    """The bucket of this box. Raises ReplicationError when none is set."""
    for name in ("REPLICA_URL", "RCLONE_CONFIG"):
        if not getattr(settings, name):
            raise ReplicationError(f"No replica is set up: BEARBLOG_{name} is empty. Run the playbook.")
    if "{prefix}" not in settings.REPLICA_URL:
        raise ReplicationError("BEARBLOG_REPLICA_URL must have {prefix} in it. Run the playbook.")
    return Bucket(
        rclone_binary=settings.RCLONE_BINARY,
        rclone_config=settings.RCLONE_CONFIG,
        litestream_binary=settings.LITESTREAM_BINARY,
        replica_url=settings.REPLICA_URL,
    )


def media_mirror() -> MediaMirror | None:
    """What copies media to the bucket, None where none is set. Raises ReplicationError for half of one."""
    return MediaMirror(bucket(), settings.MEDIA_ROOT) if settings.REPLICA_URL else None


def database() -> Path:
    """The database file."""
    return Path(str(settings.DATABASES["default"]["NAME"]))


def installation_file() -> Path:
    """The file that names this box's prefix."""
    return Path(settings.DATA_DIR / installation.FILE_NAME)


def superseded_file() -> Path:
    """The file that lies here when another box has taken over."""
    return Path(settings.DATA_DIR / superseded.FILE_NAME)


def second_bucket_file() -> Path:
    """The file that holds the stamp of the newest set in the second bucket."""
    return Path(settings.DATA_DIR / "second-bucket")


def drills_file() -> Path:
    """The file in which rehearsals of a restore are recorded."""
    return Path(settings.DRILL_DIR / drills.FILE_NAME)


def site() -> str:
    """The address of the main site."""
    port = "" if settings.HTTPS_PORT == 443 else f":{settings.HTTPS_PORT}"
    return f"https://{settings.MAIN_HOST}{port}/"
