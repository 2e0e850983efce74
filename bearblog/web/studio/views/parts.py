"""The editors of the blog's own texts: home page, navigation, footer, template of posts."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from bearblog.domain.blogs import texts
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.roles import Role
from bearblog.web.studio import desk
from bearblog.web.studio.access import BlogStudioRequest, editor_required, writer_required
from bearblog.web.studio.sheets import PartSheet


@require_http_methods(["GET", "HEAD", "POST"])
@writer_required
def home(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    if request.role < Role.EDITOR:
        return redirect("studio:posts", blog.subdomain)
    return desk.edit(request, PartSheet(blog, texts.HOME))


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def nav(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    return desk.edit(request, PartSheet(blog, texts.NAV))


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def footer(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    return desk.edit(request, PartSheet(blog, texts.FOOTER))


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def template(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    return desk.edit(request, PartSheet(blog, texts.TEMPLATE))
