"""The posts of a blog, and the page that deletes one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bearblog.domain.blogs.addresses import blog_url, preferred_host
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.addresses import post_url
from bearblog.domain.posts.selectors import find_post, posts_of
from bearblog.domain.posts.services import delete_post as remove
from bearblog.web.studio.access import StudioRequest, owner_required

POSTS_A_PAGE = 100


@require_safe
@owner_required
def posts(request: StudioRequest, blog: Blog) -> HttpResponse:
    page = Paginator(posts_of(blog), POSTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "studio_blog": blog,
        "host": preferred_host(blog),
        "url": blog_url(blog),
        "page": page,
        "posts": [(post, post_url(post)) for post in page],
        "now": timezone.now(),
    }
    return render(request, "studio/posts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def delete_post(request: StudioRequest, blog: Blog, pk: int) -> HttpResponse:
    post = find_post(blog, pk)
    if post is None:
        raise Http404
    if request.method == "POST":
        remove(post=post)
        messages.success(request, f"“{post.title}” is deleted.")
        return redirect("studio:posts", blog.subdomain)
    return render(request, "studio/delete_post.html", {"studio_blog": blog, "post": post})
