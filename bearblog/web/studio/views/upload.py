"""Takes files for a blog: one at a time from the editor's script, or many from a plain form."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from bearblog.domain.blogs.models import Blog
from bearblog.domain.media.addresses import markdown_of, path_of_file
from bearblog.domain.media.errors import MediaError
from bearblog.domain.media.models import MediaFile
from bearblog.domain.media.preparing import check_size
from bearblog.domain.media.services import add_file
from bearblog.web.base.requests import wants_json
from bearblog.web.studio.access import BlogStudioRequest, writer_required
from bearblog.web.studio.uploads import on_disk


@require_POST
def upload(request: HttpRequest, subdomain: str) -> HttpResponse:
    if wants_json(request) and not request.user.is_authenticated:
        sentence = "You are signed out. Sign in in another tab, then send it again."
        return JsonResponse({"error": sentence}, status=403)
    return _upload(request, subdomain=subdomain)


@writer_required
def _upload(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    sent = request.FILES.getlist("file")
    if wants_json(request):
        return _answer_script(request, blog, sent)
    if not sent:
        messages.warning(request, "Choose a file first.")
    for one in sent:
        try:
            file = _add(request, blog, one)
        except MediaError as error:
            messages.error(request, error.sentence)
        else:
            messages.success(request, f"“{file.name}” is here.")
    return redirect("studio:media", blog.subdomain)


def _answer_script(request: BlogStudioRequest, blog: Blog, sent: list[UploadedFile[bytes]]) -> HttpResponse:
    if len(sent) != 1:
        return JsonResponse({"error": "Send one file at a time."}, status=422)
    try:
        file = _add(request, blog, sent[0])
    except MediaError as error:
        return JsonResponse({"error": error.sentence}, status=422)
    answer = {
        "url": path_of_file(file),
        "markdown": markdown_of(file),
        "name": file.name,
        "page": reverse("studio:media_file", args=[blog.subdomain, file.pk]),
    }
    return JsonResponse(answer, status=201)


def _add(request: BlogStudioRequest, blog: Blog, sent: UploadedFile[bytes]) -> MediaFile:
    name = sent.name or "file"
    check_size(name, sent.size or 0)
    with on_disk(sent) as source:
        return add_file(
            blog=blog,
            uploaded_by=request.user,
            source=source,
            name=name,
            alternative_text=request.POST.get("alternative_text", ""),
            keeps_format="keeps_format" in request.POST,
        )
