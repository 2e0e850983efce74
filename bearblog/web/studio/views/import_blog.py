"""Brings posts or a whole blog in: a file, what it would do, and then, if it is wanted, doing it."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from bearblog.domain.blogs.models import Blog
from bearblog.domain.media.errors import MediaError
from bearblog.domain.newsletter.restoring import restore_subscribers
from bearblog.domain.transfer import kept, parcel
from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.planning import Report, plan
from bearblog.domain.transfer.records import SubscriberLine
from bearblog.domain.transfer.services import import_file
from bearblog.web.studio.access import BlogStudioRequest, owner_required
from bearblog.web.studio.forms_transfer import CarryOutForm, ImportForm
from bearblog.web.studio.receiving import FileToPlace

# Each that comes in slowly keeps a thread of the application busy.
AT_ONCE = 2
# What has come all the way is not sent back because somebody else is being served.
PATIENCE = 30.0


# Looking for the token reads the whole of what is sent: two gigabytes of a stranger's, if it came first.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def import_blog(request: HttpRequest, subdomain: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("studio:import_blog", args=[subdomain]))
    return _import_blog(request, subdomain=subdomain)


@owner_required
def _import_blog(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    if request.method != "POST":
        return _page(request, blog, ImportForm(initial={"with_blog": not blog.posts.exists()}))
    try:
        # Not the turn to import: a slow line must not keep everybody from it for an hour.
        with kept.turn_of(blog, "import"), kept.turn("receive", AT_ONCE):
            kept.check_room(int(request.META.get("CONTENT_LENGTH") or 0))
            token, place = kept.new_place(blog)
            request.upload_handlers = [FileToPlace(request, place, kept.MOST_BYTES)]
            return _receive(request, blog, token)
    except TransferError as error:
        form = ImportForm({})
        form.refuse(error)
        return _page(request, blog, form)


@csrf_protect
def _receive(request: BlogStudioRequest, blog: Blog, token: str) -> HttpResponse:
    form = ImportForm(request.POST)
    form.full_clean()
    place = kept.find(blog, token)
    if place is None or "file" not in request.FILES:
        form.add_error("file", "Choose a file first.")
        return _page(request, blog, form)
    wishes = {name: form.cleaned_data[name] for name in ("with_blog", "with_subscribers")}
    try:
        with kept.turn("import", 1, wait=PATIENCE), parcel.opened(place) as found:
            report = plan(blog, found, **wishes)
    except TransferError as error:
        kept.forget(blog)
        form.refuse(error)
        return _page(request, blog, form)
    again = CarryOutForm(initial={"token": token, **wishes})
    context = {"studio_blog": blog, "here": "settings", "part": "export", "report": report, "form": again}
    return render(request, "studio/import_report.html", context)


@require_POST
@owner_required
def carry_out_import(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    try:
        with kept.turn_of(blog, "import"), kept.turn("import", 1):
            return _carry_out(request, blog)
    except (TransferError, MediaError) as error:
        messages.error(request, f"Nothing was brought in. {error.sentence}")
        return redirect("studio:import_blog", blog.subdomain)


def _carry_out(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    form = CarryOutForm(request.POST)
    place = kept.find(blog, form.cleaned_data["token"]) if form.is_valid() else None
    if place is None:
        messages.error(request, "The file is not here any more: it is kept for a day. Send it once more.")
        return redirect("studio:import_blog", blog.subdomain)
    report = import_file(
        blog=blog,
        by=request.user,
        file=place,
        with_blog=form.cleaned_data["with_blog"],
        take_subscribers=partial(_take_subscribers, blog) if form.cleaned_data["with_subscribers"] else None,
    )
    kept.forget(blog)
    return _done(request, blog, report)


def _take_subscribers(blog: Blog, rows: list[SubscriberLine]) -> int:
    return restore_subscribers(blog=blog, rows=rows)


def _done(request: BlogStudioRequest, blog: Blog, report: Report) -> HttpResponse:
    context = {"studio_blog": blog, "here": "settings", "part": "export", "report": report, "is_done": True}
    return render(request, "studio/import_report.html", context)


def _page(request: BlogStudioRequest, blog: Blog, form: ImportForm) -> HttpResponse:
    context = {"studio_blog": blog, "here": "settings", "part": "export", "form": form}
    return render(request, "studio/import_blog.html", context, status=422 if form.is_bound else 200)
