"""The book of what staff did."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bearblog.domain.moderation import audit as book
from bearblog.web.staff.access import StaffRequest, staff_required

ENTRIES_A_PAGE = 100


@require_safe
@staff_required
def audit(request: StaffRequest) -> HttpResponse:
    query = request.GET.get("q", "")[:254]
    page = Paginator(book.entries(query), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "staff/audit.html", {"page": page, "query": query})
