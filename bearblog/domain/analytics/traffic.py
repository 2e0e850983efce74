"""How many requests the lines of the log are, by the hour, whoever sent them and whatever for."""

from collections import Counter
from collections.abc import Collection

from bearblog.engines.access_log.line import Line
from bearblog.engines.vitals.hours import Traffic
from bearblog.engines.vitals.models import SECONDS_AN_HOUR

# From here on a status says that the box itself failed.
_FIRST_ERROR = 500


def traffic_of(lines: Collection[Line]) -> dict[int, Traffic]:
    """Requests and errors by the number of their hour."""
    requests = Counter(line.ts // SECONDS_AN_HOUR for line in lines)
    errors = Counter(line.ts // SECONDS_AN_HOUR for line in lines if line.status >= _FIRST_ERROR)
    return {int(hour): Traffic(number, errors[hour]) for hour, number in requests.items()}
