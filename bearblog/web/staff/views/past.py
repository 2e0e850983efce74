"""One blog as it was at a moment: asked for, looked at, brought back."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bearblog.domain.accounts.selectors import find_user
from bearblog.domain.moderation import audit
from bearblog.domain.transfer import openings
from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.models import Opening
from bearblog.domain.transfer.openings import Wished
from bearblog.domain.transfer.past_differences import (
    Comparison,
    compare_blog,
    find_past_blog,
    names_to_bring,
)
from bearblog.domain.transfer.past_files import opened_past
from bearblog.lib import dates
from bearblog.lib.comparison import compare
from bearblog.web.staff.access import StaffRequest, staff_required


class PastForm(forms.Form):
    blog = forms.CharField(label="Blog, by its name", required=False, max_length=63)
    moment = forms.CharField(
        label="Moment, in UTC",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}),
    )


@require_safe
@staff_required
def past(request: StaffRequest) -> HttpResponse:
    return _page(request, PastForm(initial={"blog": request.GET.get("blog", "")[:63]}))


@require_POST
@staff_required
def open_past(request: StaffRequest) -> HttpResponse:
    form = PastForm(request.POST)
    if form.is_valid():
        try:
            moment, name = dates.parse(form.cleaned_data["moment"]), form.cleaned_data["blog"]
            with transaction.atomic():
                opening = openings.ask_for_past(moment=moment, blog_name=name, by=request.user)
                _note_down(request, opening, "open the past")
        except dates.DateError as error:
            form.add_error("moment", str(error))
        except TransferError as error:
            if not error.field:
                messages.error(request, error.sentence)
                return redirect("staff:past")
            form.add_error(error.field, error.sentence)
        else:
            return redirect("staff:past")
    return _page(request, form)


@require_safe
@staff_required
def past_text(request: StaffRequest, name: str) -> HttpResponse:
    opening, comparison = _opened()
    found = [one for one in comparison.differences if one.name == name] if comparison else []
    if not found:
        raise Http404
    rows = compare(found[0].now, found[0].then)
    context = _context(opening, comparison) | {"difference": found[0], "rows": rows}
    return render(request, "staff/past_text.html", context)


@require_POST
@staff_required
def bring_back(request: StaffRequest) -> HttpResponse:
    opening, comparison = _opened()
    if opening is None or comparison is None:
        messages.error(request, "This past is not open any more. Open it again.")
        return redirect("staff:past")
    able = names_to_bring(comparison)
    chosen = able if "everything" in request.POST else able & set(request.POST.getlist("name"))
    # A blog that is gone can be wanted without any of its posts.
    if comparison.blog is None:
        chosen |= {"blog"}
    try:
        with transaction.atomic():
            wished = _wished(request, chosen)
            openings.ask_to_bring_back(opening=opening, wished=wished, by=request.user)
            _note_down(request, opening, "bring back", f": {len(chosen):,} things")
    except TransferError as error:
        messages.error(request, error.sentence)
    return redirect("staff:past")


@require_POST
@staff_required
def close_past(request: StaffRequest) -> HttpResponse:
    opening = openings.newest()
    if opening is not None and opening.state == Opening.State.BRINGING:
        messages.error(request, "Something is being brought back just now; close it after that.")
    elif opening is not None:
        openings.close_past(opening=opening)
    return redirect("staff:past")


def _page(request: StaffRequest, form: PastForm) -> HttpResponse:
    context = _context(*_opened()) | {"form": form}
    return render(request, "staff/past.html", context, status=422 if form.is_bound else 200)


def _context(opening: Opening | None, comparison: Comparison | None) -> dict[str, object]:
    context: dict[str, object] = {"opening": opening, "comparison": comparison}
    if opening is not None and comparison is not None:
        is_gone = comparison.blog is None
        context["is_owner_gone"] = is_gone and not find_user(comparison.past.owner_email)
        context["may_bring"] = not opening.is_busy and (is_gone or bool(names_to_bring(comparison)))
    return context


def _opened() -> tuple[Opening | None, Comparison | None]:
    """What was asked for last, and what differs while it is open."""
    opening = openings.newest()
    if opening is None or not opening.is_open:
        return opening, None
    try:
        with opened_past(openings.file_of(opening)) as found:
            return opening, compare_blog(found, find_past_blog(found, opening.blog_name))
    except TransferError:
        # It was closed while this page was on its way.
        return openings.newest(), None


def _wished(request: StaffRequest, names: frozenset[str]) -> Wished:
    return Wished(
        names=tuple(sorted(names)),
        as_published="as_published" in request.POST,
        with_subscribers="with_subscribers" in request.POST,
        owner=request.POST.get("owner", "").strip()[:254],
    )


def _note_down(request: StaffRequest, opening: Opening, action: str, more: str = "") -> None:
    note = f"{opening.moment:%Y-%m-%d %H:%M:%S} UTC{more}"
    audit.note_down(actor=request.user, action=action, target=f"blog {opening.blog_name}", note=note)
