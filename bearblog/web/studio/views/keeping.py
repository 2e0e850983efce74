"""What is typed and not saved yet: kept for its author every few seconds, and looked at again."""

import re

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bearblog.domain.blogs import writing
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.lib.comparison import compare
from bearblog.web.studio import unsaved as unsaved_texts
from bearblog.web.studio.access import BlogStudioRequest, writer_required
from bearblog.web.studio.forms import EditorForm
from bearblog.web.studio.open_sheet import open_sheet

_SUBJECT = re.compile(r"(?:new|post):[0-9a-f-]{36}|home|nav|footer|template|styles")


@require_POST
@writer_required
def autosave(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    form = EditorForm(request.POST)
    if not form.is_valid() or not _SUBJECT.fullmatch(form.cleaned_data["subject"]):
        return JsonResponse({"error": "This cannot be kept: the form was damaged."}, status=422)
    typed = form.cleaned_data
    if typed["device"] is None:
        return JsonResponse({"error": "This cannot be kept: the form does not say where from."}, status=422)
    try:
        kept = writing.autosave(
            blog=blog,
            user=request.user,
            **{key: typed[key] for key in ("subject", "device", "header", "text")},
        )
    except BlogError as error:
        return JsonResponse({"error": error.sentence}, status=422)
    return JsonResponse({"at": f"{timezone.localtime(kept.saved_at):%H:%M}"})


@require_safe
@writer_required
def unsaved(request: BlogStudioRequest, blog: Blog, pk: int) -> HttpResponse:
    kept = unsaved_texts.find(request.user, blog, pk)
    if kept is None:
        raise Http404
    sheet = open_sheet(request, blog, kept.subject)
    header = kept.header if sheet.has_header else ""
    context = {
        "studio_blog": blog,
        "here": sheet.here,
        "unsaved": kept,
        "address": sheet.address,
        "rows": compare(sheet.joined(), sheet.joined(header, kept.text)),
    }
    return render(request, "studio/unsaved.html", context)
