"""The engine as the backup scripts call it: python -m bearblog.engines.snapshots COMMAND."""

import argparse
import sys
from pathlib import Path

from bearblog.engines.snapshots.database import copy_database, examine, sqlite_version
from bearblog.engines.snapshots.errors import Damaged, SnapshotError
from bearblog.engines.snapshots.manifest import Manifest, check_files, mark, read_manifest, write_manifest
from bearblog.engines.snapshots.retention import surplus
from bearblog.lib import journal


def copy(options: argparse.Namespace) -> str:
    """Copies the living database; returns what was written."""
    copy_database(options.database, options.target)
    return f"{options.target.stat().st_size} bytes"


def seal(options: argparse.Namespace) -> str:
    """Checks the set's unpacked database and writes the manifest; returns what the database holds."""
    findings = examine(options.database)
    files = sorted(file for file in options.folder.iterdir() if file != options.database)
    sealed = Manifest(
        stamp=options.stamp,
        release=options.release,
        sqlite=sqlite_version(),
        prefix=options.prefix,
        database=mark(options.database),
        rows=findings.rows,
        files={file.name: mark(file) for file in files},
    )
    write_manifest(options.folder, sealed)
    return f"whole, {findings.describe()}"


def files(options: argparse.Namespace) -> str:
    """Compares the set's files with its manifest; returns how many agree."""
    return f"{check_files(options.folder)} agree with the manifest"


def database(options: argparse.Namespace) -> str:
    """Compares the unpacked database with the manifest and reads it whole; returns what it holds."""
    sealed = read_manifest(options.folder)
    found = mark(options.database)
    if found != sealed.database:
        raise SnapshotError(f"The unpacked database has {found}, sealed were {sealed.database}.")
    findings = examine(options.database)
    if findings.rows != sealed.rows:
        raise SnapshotError("The unpacked database has other row counts than the manifest.")
    return f"whole, {findings.describe()}"


def show(options: argparse.Namespace) -> str:
    """The field of the manifest that is asked for."""
    sealed = read_manifest(options.folder)
    answers = {"release": sealed.release, "prefix": sealed.prefix, "bytes": str(sealed.database.bytes)}
    return answers[options.field]


def prune(options: argparse.Namespace) -> str:
    """The stamps of the sets that may go, a line each, from the listing on standard input."""
    return "\n".join(surplus(sys.stdin.read().splitlines(), keep=options.keep, newest=options.newest))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bearblog.engines.snapshots", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for work, arguments in (
        (copy, ("database", "target")),
        (seal, ("folder", "database")),
        (files, ("folder",)),
        (database, ("folder", "database")),
        (show, ("folder",)),
        (prune, ()),
    ):
        command = commands.add_parser(work.__name__, description=work.__doc__, help=work.__doc__)
        command.set_defaults(work=work)
        for argument in arguments:
            command.add_argument(argument, type=Path)
    commands.choices["seal"].add_argument("--stamp", required=True)
    commands.choices["seal"].add_argument("--release", required=True)
    commands.choices["seal"].add_argument("--prefix", required=True)
    commands.choices["show"].add_argument("field", choices=("release", "prefix", "bytes"))
    commands.choices["prune"].add_argument("--keep", type=int, required=True)
    commands.choices["prune"].add_argument("--newest", required=True)
    return parser


def main() -> int:
    """Runs one command; 0 when it succeeded, 1 with a sentence on standard error when it refused.

    3 when what it refuses is a damaged database.
    """
    journal.log_what_nobody_catches()
    options = _parser().parse_args()
    try:
        answer: str = options.work(options)
    except SnapshotError as error:
        journal.complain("bearblog.engines.snapshots", str(error))
        return 3 if isinstance(error, Damaged) else 1
    sys.stdout.write(f"{answer}\n" if answer else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
