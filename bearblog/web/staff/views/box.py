"""How the box is: what the doctor found last, and the last 30 days."""

from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timesince import timesince
from django.views.decorators.http import require_safe

from bearblog.engines.vitals import hours, report
from bearblog.engines.vitals.errors import VitalsError
from bearblog.engines.vitals.findings import Grade
from bearblog.engines.vitals.report import Report
from bearblog.web.staff import box_charts
from bearblog.web.staff.access import StaffRequest, staff_required

OLD = timedelta(hours=1)
_WORST_FIRST = (Grade.FAIL, Grade.WARNING, Grade.OK)


@require_safe
@staff_required
def box(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    hour = hours.number_of(now)
    known = hours.between(box_charts.first_hour(hour), hour)
    context = {"vitals": box_charts.charts(known, hour), "days": box_charts.DAYS}
    try:
        context |= _told(report.read(settings.DOCTOR_REPORT), now)
    except VitalsError as error:
        context |= {"trouble": str(error)}
    return render(request, "staff/box.html", context)


def _told(found: Report | None, now: datetime) -> dict[str, object]:
    if found is None:
        return {}
    grades = Counter(finding.grade for finding in found.findings)
    return {
        "report": found,
        "findings": sorted(found.findings, key=lambda finding: _WORST_FIRST.index(finding.grade)),
        "failed": grades[Grade.FAIL],
        "warned": grades[Grade.WARNING],
        "well": grades[Grade.OK],
        "age": timesince(found.moment, now),
        "is_old": now - found.moment > OLD,
    }
