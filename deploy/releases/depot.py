"""Keeps built releases and their wheels in the bucket, and fetches them from there. Runs on the controller.

The bucket is the rclone remote `depot:`, which the caller describes by variables RCLONE_CONFIG_DEPOT_*, so
that no key stands in a file or among the arguments.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from deploy.releases.errors import ReleaseError

_RCLONE = Path(__file__).resolve().parents[2] / ".venv/bin/rclone"
_FOLDER = "releases"
_LINK_LIVES = "1h"
_STAMP = re.compile(r"^[\d/: ]+(NOTICE|ERROR|CRITICAL)\s*:\s*")
_MIGRATION = re.compile(r"[^/]+/bearblog/(?:.*/)?([^/]+)/migrations/(\d{4}_\w+)\.py")


@dataclass(frozen=True)
class Part:
    """A file of a release: its name in the depot, and its SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a kept release is made of, and which migrations it knows."""

    version: str
    made: str
    release: Part
    wheels: Part
    migrations: list[str]


@dataclass(frozen=True)
class Depot:
    """The folder `releases/` of a bucket."""

    bucket: str

    def put(self, folder: Path, version: str, wheels: str) -> Manifest:
        """Uploads what the bucket does not have yet, the manifest last. Raises ReleaseError."""
        archive = folder / f"{version}.tar.gz"
        made = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        release, packed = (Part(file.name, _digest(file)) for file in (archive, folder / wheels))
        manifest = Manifest(version, made, release, packed, _migrations(archive))
        known = self.find(version, wheels)
        if known and (known.release, known.wheels) == (release, packed):
            return known
        for part in (release, packed):
            self._rclone("copyto", str(folder / part.name), self._place(part.name))
        self._rclone("rcat", self._place(_manifest_name(version, wheels)), text=json.dumps(asdict(manifest)))
        return manifest

    def get(self, folder: Path, version: str, architecture: str) -> Manifest:
        """Fetches a release and its wheels into the folder, and checks them. Raises ReleaseError."""
        manifest = self._newest(version, architecture)
        for part in (manifest.release, manifest.wheels):
            file = folder / part.name
            if not file.exists() or _digest(file) != part.sha256:
                fresh = file.with_name(f"{file.name}.partial")
                self._rclone("copyto", self._place(part.name), str(fresh))
                if _digest(fresh) != part.sha256:
                    fresh.unlink()
                    raise ReleaseError(
                        f"{part.name} in the bucket is not what was put there (SHA-256 differs)."
                    )
                fresh.replace(file)
        return manifest

    def links(self, manifest: Manifest) -> dict[str, str]:
        """Addresses, good for an hour, at which a box without any key fetches the two parts."""
        parts = {"release": manifest.release, "wheels": manifest.wheels}
        return {
            name: self._rclone("link", "--expire", _LINK_LIVES, self._place(part.name)).strip()
            for name, part in parts.items()
        }

    def all(self) -> list[Manifest]:
        """Every release that the bucket keeps, oldest first. Raises ReleaseError."""
        names = self._rclone("lsf", "--include", "*.json", self._place("")).split()
        return sorted((self._read(name) for name in names), key=lambda manifest: manifest.made)

    def find(self, version: str, wheels: str) -> Manifest | None:
        """The release with these wheels, None where the bucket does not keep it. Raises ReleaseError."""
        name = _manifest_name(version, wheels)
        return self._read(name) if self._rclone("lsf", "--include", name, self._place("")).strip() else None

    def _newest(self, version: str, architecture: str) -> Manifest:
        kept = self.all()
        fitting = [one for one in kept if one.version == version and f"-{architecture}-" in one.wheels.name]
        if not fitting:
            names = ", ".join(sorted({one.version for one in kept})) or "none"
            raise ReleaseError(
                f"The bucket keeps no release {version} for {architecture}; it keeps: {names}."
            )
        return fitting[-1]

    def _read(self, name: str) -> Manifest:
        found = json.loads(self._rclone("cat", self._place(name)))
        release, wheels = Part(**found.pop("release")), Part(**found.pop("wheels"))
        return Manifest(release=release, wheels=wheels, **found)

    def _place(self, name: str) -> str:
        return f"depot:{self.bucket}/{_FOLDER}/{name}"

    def _rclone(self, *arguments: str, text: str | None = None) -> str:
        quick = [
            "--config",
            "/dev/null",
            "--contimeout",
            "5s",
            "--timeout",
            "60s",
            "--retries",
            "2",
            "--low-level-retries",
            "2",
        ]
        done = subprocess.run(
            [_RCLONE, *quick, *arguments], input=text, capture_output=True, text=True, check=False
        )
        if done.returncode:
            said = _STAMP.sub("", (done.stderr.strip().splitlines() or ["rclone failed"])[-1])
            raise ReleaseError(f"The bucket {self.bucket} cannot be used: {said}")
        return done.stdout


def _manifest_name(version: str, wheels: str) -> str:
    return f"{version}-{wheels.removeprefix('wheels-').removesuffix('.tar')}.json"


def _migrations(archive: Path) -> list[str]:
    with tarfile.open(archive) as packed:
        found = (_MIGRATION.fullmatch(name) for name in packed.getnames())
        return sorted(f"{match[1]}.{match[2]}" for match in found if match)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy.releases.depot", description=__doc__)
    parser.add_argument("--bucket", required=True)
    commands = parser.add_subparsers(required=True, dest="command", metavar="COMMAND")
    put = commands.add_parser("put", help="keep a built release, and print how a box gets it")
    get = commands.add_parser("get", help="fetch a kept release, and print how a box gets it")
    commands.add_parser("list", help="list what is kept")
    for command in (put, get):
        command.add_argument("folder", type=Path)
        command.add_argument("version")
    put.add_argument("wheels")
    get.add_argument("architecture")
    return parser


def main() -> int:
    """Runs one command; 0 when it succeeded, 1 with a sentence on standard error when it did not."""
    options = _parser().parse_args()
    depot = Depot(options.bucket)
    try:
        if options.command == "list":
            sys.stdout.writelines(f"{one.version}  {one.made}  {one.wheels.name}\n" for one in depot.all())
            return 0
        if options.command == "put":
            manifest = depot.put(options.folder, options.version, options.wheels)
        else:
            manifest = depot.get(options.folder, options.version, options.architecture)
        sys.stdout.write(json.dumps({**asdict(manifest), "links": depot.links(manifest)}) + "\n")
    except ReleaseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
