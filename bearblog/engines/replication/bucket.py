"""The bucket as the application sees it: small objects read and written through rclone, within seconds."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bearblog.engines.replication import programs
from bearblog.engines.replication.errors import ReplicationError, Unreachable

_BOUNDS = ("--contimeout=5s", "--timeout=10s", "--retries=1", "--low-level-retries=1")
_BLIP_SECONDS = 0.5
# What rclone's exit says of a missing folder and a missing file (rclone.org/docs/#exit-code).
_ABSENT = (3, 4)
_TOO_MUCH = 8


@dataclass(frozen=True)
class Entry:
    """One name directly below a path of the bucket."""

    name: str
    size: int
    is_folder: bool


@dataclass(frozen=True)
class StoredObject:
    """One object of the bucket: its path below the one that was asked, and when it was written."""

    path: str
    size: int
    written: datetime


@dataclass(frozen=True)
class Bucket:
    """Where replicas go: rclone's remote `bucket:`, and Litestream's URL with `{prefix}` in it."""

    rclone_binary: str
    rclone_config: str
    litestream_binary: str
    replica_url: str
    # How long a small object may take.
    seconds: float = 10.0

    def replica(self, prefix: str) -> str:
        """The Litestream URL of one prefix."""
        return self.replica_url.replace("{prefix}", prefix)

    def newest_level(self, prefix: str) -> str:
        """The folder of one prefix in which Litestream's newest files lie, whose names are in their order."""
        return f"{prefix}/ltx/0" if self.replica_url.startswith("file:") else f"{prefix}/0000"

    def read(self, path: str) -> bytes | None:
        """The object's bytes, or None where there is none. Raises Unreachable or ReplicationError."""
        if content := self._cat(path):
            return content
        # rclone takes a failed look-up for a missing name, and a missing name for an empty folder.
        listed = self._listed(path)
        if listed is None or not listed.size:
            return None if listed is None else b""
        if content := self._cat(path):
            return content
        raise ReplicationError(f"The bucket lists {path!r} but does not give it. Try again.")

    def read_head(self, path: str, count: int) -> bytes:
        """The first bytes of the object, as many as it has. Raises Unreachable or ReplicationError."""
        return self._rclone("cat", f"--head={count}", f"bucket:{path}").output

    def write(self, path: str, content: bytes) -> None:
        """Writes one small object. Raises Unreachable or ReplicationError."""
        self._rclone("rcat", f"bucket:{path}", content=content)

    def delete(self, path: str) -> None:
        """Deletes one object; one that is absent is no error. Raises Unreachable or ReplicationError."""
        self._rclone("deletefile", f"bucket:{path}", accept=_ABSENT)

    def link(self, path: str, *, seconds: int) -> str:
        """An address that gives the object to anybody for so many seconds. Raises ReplicationError."""
        done = self._rclone("link", f"--expire={seconds}s", f"bucket:{path}", is_retry=True)
        return done.output.decode().strip()

    def entries(self, path: str) -> list[Entry]:
        """What lies directly below the path, by name; nothing below an absent one."""
        done = self._rclone("lsjson", "--no-modtime", "--no-mimetype", f"bucket:{path}", accept=_ABSENT)
        if done.code != 0:
            return []
        found = [Entry(item["Name"], item["Size"], item["IsDir"]) for item in json.loads(done.output)]
        return sorted(found, key=lambda entry: entry.name)

    def objects(self, path: str, *, seconds: float) -> list[StoredObject]:
        """Every object below the path, however deep. Raises Unreachable or ReplicationError."""
        # S3 tells its own time of writing with the listing; any other is asked for object by object.
        options = ("--recursive", "--files-only", "--no-mimetype", "--use-server-modtime")
        done = self._rclone("lsjson", *options, f"bucket:{path}", accept=_ABSENT, seconds=seconds)
        if done.code != 0:
            return []
        return [
            StoredObject(item["Path"], item["Size"], datetime.fromisoformat(item["ModTime"]).astimezone(UTC))
            for item in json.loads(done.output)
        ]

    def delete_folder(self, path: str, *, seconds: float) -> None:
        """Deletes every object below the path; none there is no error. Raises Unreachable, ReplicationError.

        In a bucket that keeps versions the versions stay: rclone's `purge` would take them too.
        """
        done = self._rclone("delete", f"bucket:{path}", accept=_ABSENT, seconds=seconds)
        if done.code == 0:
            self._rclone("rmdirs", f"bucket:{path}", seconds=seconds)

    def download_named(
        self, path: str, names: Sequence[str], target: Path, *, most_bytes: int, seconds: float
    ) -> None:
        """Copies those of the named files below the path that are there. Raises ReplicationError.

        Files of more than so many bytes together are an error.
        """
        done = self._rclone(
            "copy",
            "--files-from-raw=-",
            "--no-traverse",
            f"--max-transfer={most_bytes}B",
            f"bucket:{path}",
            str(target),
            content="\n".join(names).encode(),
            accept=(_TOO_MUCH,),
            seconds=seconds,
        )
        if done.code == _TOO_MUCH:
            raise ReplicationError(f"The files of {path}/ take more than {most_bytes / 1e6:,.0f} MB.")

    def upload_folder(self, folder: Path, path: str, *, seconds: float) -> None:
        """Copies files named by their content that the bucket lacks. Raises ReplicationError.

        An object of that name and another size is an error: nothing in the bucket is ever overwritten.
        """
        self._rclone(
            "copy",
            "--immutable",
            "--size-only",
            "--transfers=2",
            str(folder),
            f"bucket:{path}",
            seconds=seconds,
        )

    def download(self, path: str, file: Path, *, seconds: float) -> bool:
        """Whether there was such an object; it is the file then. Raises Unreachable or ReplicationError."""
        self._rclone("copyto", f"bucket:{path}", str(file), accept=_ABSENT, seconds=seconds)
        if file.is_file():
            return True
        # The same as above: what was not found was copied as an empty folder.
        if file.is_dir():
            file.rmdir()
        if self._listed(path):
            raise ReplicationError(f"The bucket lists {path!r} but does not give it. Try again.")
        return False

    def _listed(self, path: str) -> Entry | None:
        return next((one for one in self.entries(_parent(path)) if one.name == Path(path).name), None)

    def _cat(self, path: str) -> bytes:
        return self._rclone("cat", f"bucket:{path}", accept=_ABSENT).output

    def _rclone(
        self,
        *arguments: str,
        content: bytes = b"",
        accept: tuple[int, ...] = (),
        seconds: float | None = None,
        is_retry: bool = False,
    ) -> programs.Done:
        command = [self.rclone_binary, "--config", self.rclone_config, *_BOUNDS, *arguments]
        done = programs.run(command, content=content, seconds=seconds or self.seconds)
        if done.code == 0 or done.code in accept:
            return done
        error = programs.bucket_error(done.errors)
        if not is_retry and isinstance(error, Unreachable):
            # One blip is forgiven. rclone's own retries can pause longer than a person waits.
            time.sleep(_BLIP_SECONDS)
            return self._rclone(*arguments, content=content, accept=accept, seconds=seconds, is_retry=True)
        raise error


def _parent(path: str) -> str:
    return path.rpartition("/")[0]
