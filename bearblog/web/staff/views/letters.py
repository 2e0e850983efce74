"""The outbox as the staff see it: what was written, to whom, and what became of it."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bearblog.domain.moderation import audit
from bearblog.engines.outbox.errors import OutboxError
from bearblog.engines.outbox.models import Letter
from bearblog.engines.outbox.services import send_again
from bearblog.web.staff.access import StaffRequest, staff_required

LETTERS_A_PAGE = 50


@require_safe
@staff_required
def letters(request: StaffRequest) -> HttpResponse:
    every_letter = Letter.objects.defer("text", "html")
    page = Paginator(every_letter, LETTERS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "staff/letters.html", {"page": page, "has_provider": bool(settings.LETTER_BACKEND)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Letter, pk=pk)
    if request.method == "POST":
        try:
            with transaction.atomic():
                send_again(found.pk)
                audit.note_down(
                    actor=request.user,
                    action="send letter again",
                    target=f"letter to {found.recipient}",
                    note=found.subject,
                )
        except OutboxError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "The letter waits to be sent again.")
        return redirect("staff:letter", found.pk)
    return render(request, "staff/letter.html", {"letter": found})
