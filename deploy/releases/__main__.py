"""Lets another release serve, and returns to the one before: what deploy/release.sh calls."""

import argparse
import fcntl
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from deploy.releases import probing, programs, records, settling
from deploy.releases.errors import ReleaseError
from deploy.releases.places import Places
from deploy.releases.switching import Switch, Wish


def serve(places: Places, options: argparse.Namespace) -> None:
    """Lets the named release serve."""
    wish = Wish(options.version, options.by, options.allow_pause, options.anyway)
    with _alone(places):
        Switch(places, wish, _say).perform()


def rollback(places: Places, options: argparse.Namespace) -> None:
    """Lets the release before serve again, or the one that is named."""
    version = options.version or _release_before(places)
    with _alone(places):
        Switch(places, Wish(version, options.by, is_rollback=True), _say).perform()
    _say_how_data_return(places)


def settle(places: Places, options: argparse.Namespace) -> None:
    """Sets right what was left behind."""
    with _held(places.lock, "Another release is at work."):
        settling.settle(places, _say, is_running=programs.is_box_running())


def show(places: Places, options: argparse.Namespace) -> None:
    """Lists what came of each release."""
    for record in records.history(places):
        _say(
            f"{record.at}  {record.version}  {record.outcome} (before: {record.before}; by {record.by}) "
            f"{record.reason}"
        )
    underway = records.read_underway(places)
    if underway:
        _say(f"Under way: {underway.describe()}.")


def visit(places: Places, options: argparse.Namespace) -> None:
    """Visits the site through its own front door until it answers, and prints what came of it as JSON."""
    _say(json.dumps(asdict(probing.visit(places, seconds=options.seconds))))


def _release_before(places: Places) -> str:
    for version in records.served_before(places):
        if version in places.prepared():
            return version
    raise ReleaseError(
        "No release served on this box before this one; name one: "
        "ansible-playbook … rollback.yml -e rollback_to=VERSION."
    )


def _say_how_data_return(places: Places) -> None:
    left = [
        record for record in records.history(places) if record.version == records.history(places)[-1].before
    ]
    if left and left[-1].moment:
        _say(
            "Code is back, data stay as they are. To give up what was written since the release came, too: "
            f"ansible-playbook … restore.yml -e restore_to={left[-1].moment} -e restore_replace=true "
            f"-e release_version={left[-1].before}"
        )


@contextmanager
def _alone(places: Places) -> Iterator[None]:
    underway = records.read_underway(places)
    other = (
        f"Another release is at work: {underway.describe()}." if underway else "Another release is at work."
    )
    with (
        _held(places.lock, other),
        _held(places.backup_lock, "A backup or a restore is at work; try again when it has ended."),
    ):
        yield


@contextmanager
def _held(file: Path, refusal: str) -> Iterator[None]:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ReleaseError(refusal) from error
        yield


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="release.sh", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for work in (serve, rollback, settle, show, visit):
        command = commands.add_parser(work.__name__, description=work.__doc__, help=work.__doc__)
        command.set_defaults(work=work)
    for name, wants in (("serve", None), ("rollback", "?")):
        commands.choices[name].add_argument("version", nargs=wants)
        commands.choices[name].add_argument("--by", default="somebody on the box", help="who asks for it")
    commands.choices["serve"].add_argument(
        "--allow-pause", type=float, default=2.0, metavar="SECONDS", help="how long migrations may take (2)"
    )
    commands.choices["serve"].add_argument(
        "--anyway", action="store_true", help="whatever the doctor and the bucket say"
    )
    commands.choices["visit"].add_argument("--seconds", type=float, default=30, help="how long to try (30)")
    return parser


def main() -> int:
    """0 when it was done, 1 with a sentence on standard error when it was refused or failed."""
    options = _parser().parse_args()
    try:
        options.work(Places(), options)
    except ReleaseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
