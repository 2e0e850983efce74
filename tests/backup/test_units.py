"""The units of the backup: well formed, and with few rights although two of them are root."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.rendering import render

# Root itself costs 0.4, its one capability and the missing user namespace the rest.
SCORES = {"bearblog-backup": 2.0, "bearblog-certificates": 2.0, "bearblog-media-restore": 1.5}


@pytest.mark.parametrize("has_bucket", [True, False])
@pytest.mark.parametrize("unit", sorted(SCORES))
def test_a_unit_has_few_rights(tmp_path: Path, unit: str, has_bucket: bool) -> None:
    text = render(
        f"systemd/{unit}.service.j2", {"backup_has_bucket": has_bucket, "backup_has_ping_drill": False}
    )
    (tmp_path / f"{unit}.service").write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "security", "--no-pager", "--offline=true", str(tmp_path / f"{unit}.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    assert float(found[1]) <= SCORES[unit], done.stdout
    assert ("/var/lib/bearblog-replica" in text) is not has_bucket
    assert done.stderr == ""
