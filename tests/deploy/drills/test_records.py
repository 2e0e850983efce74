import json
from pathlib import Path

import pytest

from deploy.bench.figures import Figure
from deploy.drills import records
from deploy.drills.outcome import Outcome, table

OUTCOME = Outcome(
    3, [Figure("posts lost, of 30", 0, most=0), Figure("longest", 4.25, "s")], {"seconds": [4.25]}
)


def test_what_is_kept_is_told_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_FOLDER", tmp_path / "drills")
    records.keep("kill", OUTCOME)
    kept = records.kept(["lost-box", "kill"])
    assert table(kept) == table({"kill": OUTCOME})
    document = json.loads((tmp_path / "drills/kill.json").read_text())
    assert document["seconds"] == [4.25]
    assert document["machine"]["cores"]
