"""The doctor's last report: a file of JSON that is replaced as a whole."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bearblog.engines.vitals.errors import VitalsError
from bearblog.engines.vitals.findings import Finding, Grade


@dataclass(frozen=True)
class Report:
    """What was found, and when."""

    moment: datetime
    findings: tuple[Finding, ...]


def write(file: Path, findings: Sequence[Finding], moment: datetime) -> None:
    """Replaces the report in one step, for the group to read. Raises VitalsError when the disk refuses."""
    data = {
        "moment": f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "findings": [asdict(finding) for finding in findings],
    }
    fresh = file.with_name(f".{file.name}.new")
    try:
        fresh.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        fresh.chmod(0o640)
        fresh.replace(file)
    except OSError as error:
        raise VitalsError(f"{file} could not be written ({error.strerror}).") from error


def read(file: Path) -> Report | None:
    """The last report, or None where there is none. Raises VitalsError for a damaged file."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        moment = datetime.fromisoformat(data["moment"]).astimezone(UTC)
        return Report(moment, tuple(_parse(finding) for finding in data["findings"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise VitalsError(
            f"{file} is damaged or unreadable ({error}). The next run of bearblog-doctor.service mends it."
        ) from error


def _parse(finding: dict[str, str]) -> Finding:
    return Finding(
        finding["name"], Grade(finding["grade"]), str(finding["sentence"]), str(finding.get("mend", ""))
    )
