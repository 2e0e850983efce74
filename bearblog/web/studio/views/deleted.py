"""Posts and pages that were deleted, and the way back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.roles import Role
from bearblog.domain.posts.deleted import KEPT_DAYS, deleted_posts
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.services import restore_deleted
from bearblog.web.studio.access import BlogStudioRequest, writer_required
from bearblog.web.studio.post_sheet import read_key

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@writer_required
def deleted(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    gone = [
        post for post in deleted_posts(blog) if request.role >= Role.EDITOR or post.author == request.user
    ]
    if request.method == "POST":
        key = read_key(request.POST.get("key", ""))
        found = next((post for post in gone if post.key == key), None)
        if found is None:
            raise Http404
        try:
            post = restore_deleted(blog=blog, key=found.key, author=request.user)
        except PostError as error:
            messages.error(request, error.sentence)
            return redirect("studio:deleted", blog.subdomain)
        messages.success(request, f"“{post.title}” is back, as a draft.")
        return redirect("studio:edit_post", blog.subdomain, post.pk)
    page = Paginator(gone, A_PAGE).get_page(request.GET.get("page"))
    context = {"studio_blog": blog, "here": "posts", "page": page, "days": KEPT_DAYS}
    return render(request, "studio/deleted.html", context)
