"""Writing on a sheet: shown, saved, refused with every word kept, or held back where somebody else saved."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from bearblog.domain.blogs import writing
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.posts.errors import PostError
from bearblog.lib import plain_text, row_numbers
from bearblog.lib.comparison import compare
from bearblog.web.base.requests import wants_json
from bearblog.web.studio import unsaved
from bearblog.web.studio.access import BlogStudioRequest
from bearblog.web.studio.forms import EditorForm
from bearblog.web.studio.post_sheet import PostSheet
from bearblog.web.studio.sheets import Sheet, Typed

OFFER_FORM = "j M Y, H:i"


def edit(request: BlogStudioRequest, sheet: Sheet) -> HttpResponse:
    """The answer to whoever opens the sheet, or sends what they wrote on it."""
    if request.method != "POST":
        return show(request, sheet, _form(sheet))
    wish = request.POST.get("do", "save")
    if wish in ("take", "throw"):
        return _settle_unsaved(request, sheet, wish)
    form = EditorForm(request.POST)
    if not form.is_valid():
        return _refuse(request, sheet, form, "A hidden part of the form was damaged. Send it once more.")
    typed = Typed(form.cleaned_data["header"], form.cleaned_data["text"], wish)
    subject = sheet.subject
    # Looked at and written in one transaction: nobody can save in between.
    with transaction.atomic():
        sheet.reload()
        if _was_changed_meanwhile(sheet, form.cleaned_data["based_on"], typed):
            return _hold_back(request, sheet, typed)
        try:
            sentence = sheet.store(typed, by=request.user)
        except (BlogError, PostError) as error:
            return _refuse(request, sheet, form, *_sentences(error))
        unsaved.discard_taken(request.user, sheet.blog, form.cleaned_data["taken"])
        device = form.cleaned_data["device"]
        unsaved.discard(request.user, sheet.blog, (subject, sheet.subject), device)
    return _saved(request, sheet, sentence)


def show(
    request: BlogStudioRequest,
    sheet: Sheet,
    form: EditorForm,
    *,
    problems: tuple[str, ...] = (),
    is_taken_over: bool = False,
) -> HttpResponse:
    """The editor with the sheet."""
    context = _context(request, sheet) | {
        "form": form,
        "problems": problems,
        "is_taken_over": is_taken_over,
        "offer": None if problems else unsaved.offered(request.user, sheet),
        "offer_form": OFFER_FORM,
        "unsaved_new": _begun(request, sheet),
    }
    return render(request, sheet.template, context, status=422 if problems else 200)


def _context(request: BlogStudioRequest, sheet: Sheet) -> dict[str, object]:
    sub = sheet.blog.subdomain
    return {
        "studio_blog": sheet.blog,
        "here": sheet.here,
        "heading": sheet.heading,
        "address": sheet.address,
        "has_header": sheet.has_header,
        "zone": sheet.blog.time_zone,
        "keep": f"unsaved:{request.user.pk}:{sheet.blog.pk}:",
        "preview_url": reverse("studio:preview", args=[sub]),
        **sheet.links(),
    }


def _begun(request: BlogStudioRequest, sheet: Sheet) -> list[unsaved.NewText]:
    if not isinstance(sheet, PostSheet) or sheet.is_stored:
        return []
    return unsaved.begun(request.user, sheet.blog, is_page=sheet.is_page, other_than=sheet.subject)


def _form(sheet: Sheet, header: str | None = None, text: str | None = None) -> EditorForm:
    return EditorForm(
        initial={
            "header": sheet.header if header is None else header,
            "text": sheet.text if text is None else text,
            "based_on": sheet.fingerprint if sheet.is_stored else "",
            "subject": sheet.subject,
            "creation_key": sheet.key if isinstance(sheet, PostSheet) else None,
        }
    )


def _was_changed_meanwhile(sheet: Sheet, based_on: str, typed: Typed) -> bool:
    if based_on:
        return based_on != sheet.fingerprint and not sheet.says(typed.header, typed.text)
    # The form of a new post knows of no save before it. Sent twice it makes one post; sent again with other
    # words, perhaps from another device, it must not take the place of those.
    return sheet.is_opened_as_new and sheet.is_stored and plain_text.tidy(typed.text) != sheet.text


def _sentences(error: BlogError | PostError) -> list[str]:
    return [
        f"Line {problem.line_number}: {problem.sentence}" if problem.line_number else problem.sentence
        for problem in error.problems
    ] or [error.sentence]


def _refuse(request: BlogStudioRequest, sheet: Sheet, form: EditorForm, *problems: str) -> HttpResponse:
    if not wants_json(request):
        return show(request, sheet, form, problems=problems)
    box = render_to_string("studio/_problems.html", {"problems": problems})
    return JsonResponse({"message": "Not saved: see above the text.", "problems": box}, status=422)


def _hold_back(request: BlogStudioRequest, sheet: Sheet, typed: Typed) -> HttpResponse:
    if wants_json(request):
        sentence = "Not saved: another text was saved here meanwhile. Press “Save” to see both side by side."
        return JsonResponse({"message": sentence}, status=409)
    mine = plain_text.tidy(typed.header if sheet.has_header else ""), plain_text.tidy(typed.text)
    context = _context(request, sheet) | {
        "form": _form(sheet, *mine),
        "wish": typed.wish,
        "newest": writing.newest_revision(sheet.blog, sheet.subject),
        "rows": compare(sheet.joined(), sheet.joined(*mine)),
    }
    return render(request, "studio/conflict.html", context, status=409)


def _saved(request: BlogStudioRequest, sheet: Sheet, sentence: str) -> HttpResponse:
    if not wants_json(request):
        messages.success(request, sentence)
        return redirect(sheet.address)
    context = _context(request, sheet)
    return JsonResponse(
        {
            "message": f"{sentence} {timezone.localtime():%H:%M}",
            "header": sheet.header,
            "based_on": sheet.fingerprint,
            "subject": sheet.subject,
            "address": sheet.address,
            "bar": render_to_string("studio/_bar.html", context),
        }
    )


def _settle_unsaved(request: BlogStudioRequest, sheet: Sheet, wish: str) -> HttpResponse:
    number = row_numbers.read(request.POST.get("unsaved", "")) or 0
    kept = unsaved.find(request.user, sheet.blog, number)
    if kept is None or kept.subject != sheet.subject:
        messages.warning(request, "That unsaved text is not there any more.")
        return redirect(sheet.address)
    if wish == "take":
        form = _form(sheet, kept.header, kept.text)
        form.initial["taken"] = unsaved.name_of(kept)
        return show(request, sheet, form, is_taken_over=True)
    kept.delete()
    if wants_json(request):
        return JsonResponse({"message": "Thrown away."})
    messages.success(request, "The unsaved text is thrown away.")
    return redirect(sheet.address)
