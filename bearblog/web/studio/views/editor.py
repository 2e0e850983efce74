"""Where a post or page is written, and the way to its preview."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from bearblog.domain.blogs.addresses import own_url
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.preview import make_preview_token
from bearblog.web.studio import desk
from bearblog.web.studio.access import BlogStudioRequest, editor_required, writer_required
from bearblog.web.studio.post_sheet import open_new, open_post


@require_http_methods(["GET", "HEAD", "POST"])
@writer_required
def new_post(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    return _write_new(request, blog, is_page=False)


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def new_page(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    return _write_new(request, blog, is_page=True)


@require_http_methods(["GET", "HEAD", "POST"])
@writer_required
def edit_post(request: BlogStudioRequest, blog: Blog, pk: int) -> HttpResponse:
    sheet, _ = open_post(request, blog, pk)
    return desk.edit(request, sheet)


@require_POST
@writer_required
def preview(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    # 307 makes the browser send header and text on to the blog's own host, where an author's HTML may do no
    # harm. The CSRF token travels along; without the main host's cookie, which stays here, it opens nothing.
    token = make_preview_token(blog)
    return HttpResponseRedirect(f"{own_url(blog, '/preview/')}?token={token}", preserve_request=True)


def _write_new(request: BlogStudioRequest, blog: Blog, *, is_page: bool) -> HttpResponse:
    sheet = open_new(request, blog, is_page=is_page)
    if sheet.is_stored and request.method != "POST":
        return redirect(sheet.address)
    return desk.edit(request, sheet)
