"""A blog's files: the grid of them, one of them, and their end."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bearblog.domain.blogs.addresses import own_url
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.roles import Role
from bearblog.domain.media import selectors, services
from bearblog.domain.media.addresses import markdown_of, media_path, path_of_file
from bearblog.domain.media.errors import MediaError
from bearblog.domain.media.models import MediaFile
from bearblog.lib import row_numbers
from bearblog.web.studio import mentions
from bearblog.web.studio.access import BlogStudioRequest, editor_required, writer_required
from bearblog.web.studio.forms_media import DescribeFileForm

FILES_A_PAGE = 48


@require_safe
@writer_required
def media(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    files = selectors.files_of(blog).prefetch_related("variants")
    is_unused = "unused" in request.GET
    if is_unused:
        files = files.exclude(sha256__in=mentions.used_hashes(blog))
    page = Paginator(files, FILES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "studio_blog": blog,
        "here": "media",
        "page": page,
        "query": "unused=1" if is_unused else "",
        "is_unused": is_unused,
        "files": [(file, thumbnail(blog, file)) for file in page],
        "space": selectors.space_of(blog),
        "may_delete": request.role >= Role.EDITOR,
    }
    return render(request, "studio/media.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writer_required
def media_file(request: BlogStudioRequest, blog: Blog, pk: int) -> HttpResponse:
    file = _find(blog, pk)
    may_describe = request.role >= Role.EDITOR or file.uploaded_by_id == request.user.pk
    if request.method == "POST" and not may_describe:
        raise Http404
    initial = {"name": file.name, "alternative_text": file.alternative_text}
    form = DescribeFileForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            services.describe_file(file=file, **form.cleaned_data)
        except MediaError as error:
            form.refuse(error)
            file.refresh_from_db()
        else:
            messages.success(request, "Saved.")
            return redirect("studio:media_file", blog.subdomain, file.pk)
    context = {
        "studio_blog": blog,
        "here": "media",
        "file": file,
        "form": form,
        "address": own_url(blog, path_of_file(file)),
        "thumbnail": thumbnail(blog, file),
        "markdown": markdown_of(file),
        "places": mentions.places_of(blog, [file])[0][1],
        "may_describe": may_describe,
        "may_delete": request.role >= Role.EDITOR,
    }
    return render(request, "studio/media_file.html", context, status=422 if form.is_bound else 200)


@require_POST
@editor_required
def delete_media(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    chosen = row_numbers.read_all(request.POST.getlist("chosen"))
    files = list(selectors.files_of(blog).filter(pk__in=chosen).prefetch_related("variants"))
    if not files:
        messages.warning(request, "Choose something first.")
        return redirect("studio:media", blog.subdomain)
    if request.POST.get("do") == "delete-now":
        count = services.delete_files(blog=blog, numbers=[file.pk for file in files])
        messages.success(request, f"Deleted: {count}.")
        return redirect("studio:media", blog.subdomain)
    context = {"studio_blog": blog, "files": mentions.places_of(blog, files)}
    return render(request, "studio/delete_media.html", context)


def thumbnail(blog: Blog, file: MediaFile) -> str:
    """The address of a small picture of the file, or an empty text where it has none."""
    if not file.content_type.startswith("image/"):
        return ""
    smallest = min(file.variants.all(), key=lambda variant: variant.width, default=None)
    one = smallest or file
    return own_url(blog, media_path(one.sha256, one.extension))


def _find(blog: Blog, pk: int) -> MediaFile:
    file = selectors.find_file(blog, pk)
    if file is None:
        raise Http404
    return file
