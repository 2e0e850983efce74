"""Lets another release serve, step by step. What fails leaves the one before serving: see `settling.py`."""

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass

from deploy.releases import candidate, probing, programs, records, stand_in, statics
from deploy.releases.errors import ReleaseError
from deploy.releases.places import Places
from deploy.releases.records import Record, Underway

WORKER = "bearblog-worker.service"
WEB = "bearblog.service"
STEPS = (
    "asking the doctor",
    "checking the settings",
    "migrating a copy",
    "stopping the worker",
    "waiting for the replica",
    "migrating",
    "probing the candidate",
    "keeping older static files",
    "letting it serve",
    "starting the worker",
    "visiting the site",
)
BEFORE_MIGRATING = STEPS[: STEPS.index("migrating")]
_NOT_ON_THE_WAY_BACK = ("asking the doctor", "checking the settings", "migrating a copy", "migrating")
_STATICS_OF = 2
_KEPT = 3
_DOCTOR_SECONDS = 120
_MIGRATION_SECONDS = 900
_VISIT_SECONDS = 20


@dataclass(frozen=True)
class Wish:
    """Which release is to serve, and what the operator has allowed."""

    version: str
    by: str
    # Seconds for which the longest transaction of the migrations may hold up those who write.
    allow_pause: float = 2.0
    # Whether the doctor's complaints, or a bucket that does not answer, are no reason to stay.
    anyway: bool = False
    # An older release runs on the newer schema: no migration, and no doctor on the day when it must be quick.
    is_rollback: bool = False


class Switch:
    """One release taking the place of another."""

    def __init__(self, places: Places, wish: Wish, say: Callable[[str], None]) -> None:
        self._places = places
        self._wish = wish
        self._say = say
        self._new = places.release(wish.version)
        self._old = places.current.resolve()
        self._began = time.monotonic()
        self._moment = self._point = ""
        self._underway = Underway(wish.version, self._old.name, wish.by, records.now())

    def perform(self) -> None:
        """Runs every step in its order. Raises ReleaseError at the first that fails."""
        if self._old.name == self._wish.version:
            self._say(f"{self._wish.version} serves already; nothing to do.")
            return
        for name, step in self._steps():
            self._underway = records.write_underway(self._places, self._underway, name)
            began = time.monotonic()
            found = step()
            self._say(f"{time.monotonic() - began:6.1f} s  {name}{f': {found}' if found else ''}")
        self._finish()

    def _steps(self) -> list[tuple[str, Callable[[], str]]]:
        steps = [
            self._ask_doctor,
            self._check_settings,
            self._migrate_copy,
            self._stop_worker,
            self._wait_replicated,
            self._migrate,
            self._probe_candidate,
            self._inherit_statics,
            self._swing,
            self._start_worker,
            self._visit,
        ]
        left_out = _NOT_ON_THE_WAY_BACK if self._wish.is_rollback else ()
        named = zip(STEPS, steps, strict=True)
        return [(name, step) for name, step in named if name not in left_out]

    def _ask_doctor(self) -> str:
        try:
            report = programs.run(
                ["sh", "-c", f"{self._old}/deploy/bearblog.sh doctor --json || :"], seconds=_DOCTOR_SECONDS
            )
            findings = json.loads(report.strip().splitlines()[-1])
        except (IndexError, ValueError) as error:
            raise ReleaseError("The doctor gave no report; see `bearblog doctor`.") from error
        failed = [f"{found['name']} ({found['sentence']})" for found in findings if found["grade"] == "fail"]
        if failed and not self._wish.anyway:
            raise ReleaseError(
                f"The doctor says that {len(failed)} things have failed: {'; '.join(failed)} "
                "Mend them (`bearblog doctor` says how), or release all the same with -e release_anyway=true."
            )
        return f"{len(findings) - len(failed)} of {len(findings)} are as they should be"

    def _check_settings(self) -> str:
        programs.manage(self._new, "check", "--deploy", "--fail-level", "ERROR", seconds=120)
        return ""

    def _migrate_copy(self) -> str:
        told = programs.manage(self._new, "rehearse_migrations", "--json", seconds=_MIGRATION_SECONDS)
        found = json.loads(told.strip().splitlines()[-1])
        if found["seconds"] > self._wish.allow_pause:
            raise ReleaseError(
                f"Its migrations ({', '.join(found['applied'])}) take {found['seconds']:.1f} s on a copy, "
                f"for which nobody could write; {self._wish.allow_pause:g} s are allowed. "
                f"Choose a quiet hour, and allow it: -e allow_pause={int(found['seconds'] * 1.5) + 1}."
            )
        return f"{len(found['applied'])} migrations, {found['seconds']:.1f} s"

    def _stop_worker(self) -> str:
        programs.systemctl("stop", WORKER)
        return ""

    def _wait_replicated(self) -> str:
        try:
            told = programs.manage(self._old, "wait_replicated", "--timeout", "30", seconds=90)
        except ReleaseError as error:
            if not self._wish.anyway and not self._wish.is_rollback:
                raise
            return f"not waited for ({error})"
        self._point, self._moment = told.strip(), records.now()
        return f"{self._point} The last moment before it is {self._moment}"

    def _migrate(self) -> str:
        programs.manage(self._new, "migrate", "--no-input", "--verbosity", "0", seconds=_MIGRATION_SECONDS)
        return ""

    def _probe_candidate(self) -> str:
        try:
            with candidate.started(self._places, self._new) as socket:
                return f"{probing.compare(self._places, socket)} pages are as they should be"
        except ReleaseError as error:
            raise ReleaseError(
                f"{error} It said last: {programs.last_words(f'{candidate.UNIT}.service')}"
            ) from error

    def _inherit_statics(self) -> str:
        earlier = [self._old.name, *records.served_before(self._places)]
        others = [name for name in dict.fromkeys(earlier) if name != self._wish.version]
        folders = [self._places.releases / name for name in others[:_STATICS_OF]]
        return f"{statics.inherit(self._new, folders)} files of {len(folders)} releases"

    def _swing(self) -> str:
        # Where one of these fails, it stands in until the release before serves again.
        stand_in.start(self._places, self._new)
        self._places.swing(self._wish.version)
        programs.systemctl("restart", WEB)
        programs.manage(self._new, "pages", "open", seconds=60)
        stand_in.stop()
        return ""

    def _start_worker(self) -> str:
        programs.systemctl("start", WORKER)
        return ""

    def _visit(self) -> str:
        found = probing.visit(self._places, seconds=_VISIT_SECONDS)
        if found.status != 200:
            raise ReleaseError(f"The site does not answer through Caddy ({found.problem or found.status}).")
        return ""

    def _finish(self) -> None:
        made = self._underway
        records.end(
            self._places,
            Record(
                made.version,
                made.before,
                made.by,
                records.now(),
                "serves",
                moment=self._moment,
                point=self._point,
            ),
        )
        kept = {made.version, *records.served_before(self._places)[: _KEPT - 1]}
        self._remove_all_but(kept)
        seconds = time.monotonic() - self._began
        self._say(f"{made.version} serves in the place of {made.before}, {seconds:.0f} s in all.")

    def _remove_all_but(self, kept: set[str]) -> None:
        for name in self._places.prepared():
            if name not in kept:
                shutil.rmtree(self._places.releases / name)
        named = {self._places.wheels_of(name) for name in self._places.prepared()}
        for folder in self._places.wheels.iterdir():
            if folder.name not in named:
                shutil.rmtree(folder)
