"""Every save of a text: listed, compared side by side, restored."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models.functions import Length
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bearblog.domain.blogs import texts
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog, Revision
from bearblog.domain.blogs.writing import find_revision, revisions_of
from bearblog.domain.posts.errors import PostError
from bearblog.lib import row_numbers
from bearblog.lib.comparison import compare
from bearblog.web.studio.access import (
    BlogStudioRequest,
    editor_required,
    owner_required,
    writer_required,
)
from bearblog.web.studio.post_sheet import open_post
from bearblog.web.studio.sheets import PartSheet, Sheet, Typed
from bearblog.web.studio.styles_sheet import StylesSheet

A_PAGE = 50
View = Callable[..., HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
@writer_required
def post_revisions(request: BlogStudioRequest, blog: Blog, pk: int) -> HttpResponse:
    sheet, _ = open_post(request, blog, pk)
    return _revisions(request, sheet)


def _view(allowed: Callable[..., View], sheet_of: Callable[[Blog], Sheet]) -> View:
    @require_http_methods(["GET", "HEAD", "POST"])
    @allowed
    def revisions(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
        return _revisions(request, sheet_of(blog))

    return revisions


home_revisions = _view(editor_required, lambda blog: PartSheet(blog, texts.HOME))
nav_revisions = _view(editor_required, lambda blog: PartSheet(blog, texts.NAV))
footer_revisions = _view(editor_required, lambda blog: PartSheet(blog, texts.FOOTER))
template_revisions = _view(editor_required, lambda blog: PartSheet(blog, texts.TEMPLATE))
styles_revisions = _view(owner_required, StylesSheet)


def _revisions(request: BlogStudioRequest, sheet: Sheet) -> HttpResponse:
    if request.method == "POST":
        return _restore(request, sheet)
    rows = revisions_of(sheet.blog, sheet.subject).defer("header", "text").annotate(size=Length("text"))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    old, new = _chosen(request, sheet, list(page))
    context = {
        "studio_blog": sheet.blog,
        "here": sheet.here,
        "heading": sheet.heading,
        "back": sheet.address,
        "page": page,
        "revisions": page.object_list,
        "old": old,
        "new": new,
    }
    if old and new:
        context |= {
            "rows": compare(sheet.joined(old.header, old.text), sheet.joined(new.header, new.text)),
            "old_name": _name(old),
            "new_name": _name(new),
        }
    return render(request, "studio/revisions.html", context)


def _chosen(
    request: BlogStudioRequest, sheet: Sheet, shown: list[Revision]
) -> tuple[Revision | None, Revision | None]:
    # Without a choice: what the newest save of the page changed.
    usual = {"new": shown[0].pk, "old": shown[1].pk} if len(shown) > 1 else {}

    def find(name: str) -> Revision | None:
        wanted = row_numbers.read(request.GET.get(name, "")) or usual.get(name)
        return find_revision(sheet.blog, sheet.subject, wanted) if wanted else None

    return find("old"), find("new")


def _restore(request: BlogStudioRequest, sheet: Sheet) -> HttpResponse:
    wanted = row_numbers.read(request.POST.get("revision", ""))
    revision = find_revision(sheet.blog, sheet.subject, wanted) if wanted else None
    if revision is None:
        raise Http404
    try:
        sheet.store(Typed(revision.header, revision.text, "save"), by=request.user)
    except (BlogError, PostError) as error:
        messages.error(request, f"That save cannot be restored as it is. {error.sentence}")
    else:
        messages.success(request, f"The text of {_name(revision)} is back. The one before it is kept too.")
    return redirect(sheet.address)


def _name(revision: Revision) -> str:
    return f"{timezone.localtime(revision.saved_at):%-d %b %Y, %H:%M:%S}"
