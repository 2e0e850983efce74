"""What the last whole run of each drill showed, a file each in drills/: the README's table is made of it."""

import json
from collections.abc import Iterable, Mapping

from deploy.bench import latest, machine
from deploy.bench.figures import Figure
from deploy.drills.outcome import Outcome
from deploy.droplet.state import PROJECT

_FOLDER = PROJECT / "drills"


def keep(name: str, outcome: Outcome) -> None:
    """Takes the place of what the drill showed the last time."""
    _FOLDER.mkdir(exist_ok=True)
    document = latest.laid_out({**machine.facts(), **outcome.as_json()})
    (_FOLDER / f"{name}.json").write_text(document, encoding="utf-8")


def kept(names: Iterable[str]) -> Mapping[str, Outcome]:
    """The outcomes of those drills that ran whole before."""
    files = {name: _FOLDER / f"{name}.json" for name in names}
    return {name: _read(file.read_text(encoding="utf-8")) for name, file in files.items() if file.exists()}


def _read(text: str) -> Outcome:
    document = json.loads(text)
    figures = [
        Figure(one["name"], one["measured"], one["unit"], one["least"], one["most"])
        for one in document["figures"]
    ]
    return Outcome(document["rounds"], figures, notes=document["notes"])
