"""The posts and the pages of a blog, and what is done to one or many of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.roles import Role
from bearblog.domain.posts.addresses import post_url
from bearblog.domain.posts.selectors import tag_counts
from bearblog.domain.posts.services import delete_post as remove
from bearblog.web.studio.access import BlogStudioRequest, editor_required, writer_required
from bearblog.web.studio.listing import POSTS_A_PAGE, STATES, filtered, own_posts, read_filters
from bearblog.web.studio.post_sheet import open_post
from bearblog.web.studio.unsaved import begun


@require_safe
@writer_required
def posts(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    return _list(request, blog, is_page=False)


@require_safe
@editor_required
def pages(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    return _list(request, blog, is_page=True)


@require_http_methods(["GET", "HEAD", "POST"])
@writer_required
def delete_post(request: BlogStudioRequest, blog: Blog, pk: int) -> HttpResponse:
    sheet, post = open_post(request, blog, pk)
    if request.method == "POST":
        remove(post=post, by=request.user)
        messages.success(request, f"“{post.title}” is deleted.")
        return redirect("studio:pages" if sheet.is_page else "studio:posts", blog.subdomain)
    return render(request, "studio/delete_post.html", {"studio_blog": blog, "post": post})


def _list(request: BlogStudioRequest, blog: Blog, *, is_page: bool) -> HttpResponse:
    filters = read_filters(request.GET)
    own = own_posts(request, blog).filter(is_page=is_page)
    rows = filtered(blog, own, filters).select_related("author").prefetch_related("tags")
    page = Paginator(rows, POSTS_A_PAGE).get_page(request.GET.get("page"))
    for post in page:
        # The blog is known; asking for it again would be a query a row.
        post.blog = blog
    context = {
        "studio_blog": blog,
        "here": "pages" if is_page else "posts",
        "heading": "Pages" if is_page else "Posts",
        "noun": "page" if is_page else "post",
        "new_url": f"{request.path}new/",
        "may_edit_all": request.role >= Role.EDITOR,
        "filters": filters,
        "query": filters.as_query(),
        "states": STATES.items(),
        "tags": tag_counts(blog, own),
        "page": page,
        "posts": [(post, post_url(post)) for post in page],
        "has_any": bool(page.object_list) or own.exists(),
        "now": timezone.now(),
        "unsaved_new": [] if is_page or filters.as_query() else begun(request.user, blog),
    }
    return render(request, "studio/posts.html", context)
