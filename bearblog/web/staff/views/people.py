"""Who has an account, who waits for leave to write, and what is decided about them."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.selectors import may_write
from bearblog.domain.blogs.selectors import blogs_of
from bearblog.domain.moderation import people as moderation
from bearblog.domain.moderation.errors import ModerationError
from bearblog.domain.moderation.people import PersonDecision
from bearblog.web.staff.access import StaffRequest, staff_required

PEOPLE_A_PAGE = 50
_SAID = {
    PersonDecision.ADMIT: "{email} may write now.",
    PersonDecision.REFUSE: "{email} may not write.",
    PersonDecision.DEACTIVATE: "{email} cannot sign in, and their blogs cannot be read.",
    PersonDecision.REACTIVATE: "{email} can sign in again, and their blogs can be read.",
}


@require_safe
@staff_required
def people(request: StaffRequest) -> HttpResponse:
    query = request.GET.get("q", "")[:254]
    context = {
        "query": query,
        "waiting": moderation.waiting()[:PEOPLE_A_PAGE],
        "page": Paginator(moderation.everybody(query), PEOPLE_A_PAGE).get_page(request.GET.get("page")),
        "signup": settings.SIGNUP,
    }
    return render(request, "staff/people.html", context)


@require_safe
@staff_required
def person(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(User, pk=pk)
    context = {"person": found, "blogs": blogs_of(found), "may_write": may_write(found)}
    return render(request, "staff/person.html", context)


@require_POST
@staff_required
def decide_about_person(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(User, pk=pk)
    try:
        decision = PersonDecision(request.POST.get("decision", ""))
        moderation.decide_about(user=found, decision=decision, actor=request.user)
    except ValueError as error:
        raise Http404 from error
    except ModerationError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _SAID[decision].format(email=found.email))
    return redirect("staff:person", pk)
