"""The desk's front: what waits for somebody, and where to find all else."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bearblog.domain.moderation import people, queues
from bearblog.engines.outbox.models import Letter
from bearblog.web.staff.access import StaffRequest, staff_required


@require_safe
@staff_required
def desk(request: StaffRequest) -> HttpResponse:
    troubled = Letter.objects.filter(status__in=(Letter.Status.FAILED, Letter.Status.UNSURE))
    context = {
        "queues": queues.counts(),
        "people_waiting": people.waiting().count(),
        "letters_waiting": Letter.objects.filter(status=Letter.Status.QUEUED).count(),
        "letters_troubled": troubled.count(),
    }
    return render(request, "staff/desk.html", context)
