"""A month of a box's life, with a gap, a night of errors and a slow hour of the bucket; a doctor's report."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from bearblog.engines.vitals import findings, hours, report
from bearblog.engines.vitals.models import Hour

GB = 10**9
FOUND = (
    findings.ok("database", "The database is whole."),
    findings.ok("bucket", "The bucket answers and holds replica/20261121T024500Z-ab12cd34."),
    findings.warning(
        "disk", "3.4 GB (14%) and 80% of the inodes are free.", "Make room, or resize the disk."
    ),
    findings.fail(
        "drill", "A restore was never rehearsed.", "See: journalctl -u bearblog-drill; rehearse: drill.sh."
    ),
)


def live_through_a_month() -> None:
    """Writes the hours up to now, and a report of a quarter of an hour ago."""
    now = timezone.now()
    this = hours.number_of(now)
    Hour.objects.bulk_create(_hour(this - ago, ago) for ago in range(31 * 24) if not 300 <= ago < 340)
    settings.DOCTOR_REPORT.parent.mkdir(exist_ok=True)
    report.write(settings.DOCTOR_REPORT, FOUND, now - timedelta(minutes=15))


def _hour(number: int, ago: int) -> Hour:
    is_late = 100 <= ago < 104
    return Hour(
        number=number,
        # More by day than by night.
        requests=900 + 400 * abs(number % 24 - 12) - 7 * (number % 31),
        errors=12 if 205 <= ago < 208 else 0,
        disk_used=(20 * GB) - ago * GB // 100,
        disk_total=24 * GB,
        lag_typical=1.1 + number % 5 / 10,
        lag_longest=16.0 if is_late else 1.6 + number % 7 / 10,
    )
