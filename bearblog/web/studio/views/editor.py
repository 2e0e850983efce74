"""Where a post is written, and the way to its preview."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bearblog.domain.blogs.addresses import own_url, preferred_host
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.preview import make_preview_token
from bearblog.domain.posts.addresses import post_url
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.selectors import find_post
from bearblog.domain.posts.services import create_post, update_post
from bearblog.web.studio.access import StudioRequest, owner_required
from bearblog.web.studio.forms import PostForm


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def new_post(request: StudioRequest, blog: Blog) -> HttpResponse:
    form = PostForm(request.POST or None, initial={"creation_key": uuid.uuid4()})
    if form.is_valid():
        try:
            post = create_post(
                blog=blog,
                **form.contents(),
                status=request.POST.get("status", Post.Status.DRAFT),
                creation_key=form.cleaned_data["creation_key"],
            )
        except PostError as error:
            form.refuse(error)
        else:
            return _saved(request, blog, post)
    return _editor(request, blog, form)


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def edit_post(request: StudioRequest, blog: Blog, pk: int) -> HttpResponse:
    post = find_post(blog, pk)
    if post is None:
        raise Http404
    shown = f"{post.published_at:%Y-%m-%d %H:%M}" if post.published_at else ""
    initial = {"title": post.title, "text": post.text, "slug": post.slug, "published_at": shown}
    form = PostForm(request.POST or None, initial=initial)
    if form.is_valid():
        contents = form.contents()
        # The form shows no seconds; a date left alone keeps its own.
        if post.published_at and contents["published_at"] == shown:
            contents["published_at"] = post.published_at.isoformat()
        try:
            post = update_post(post=post, **contents, status=request.POST.get("status", post.status))
        except PostError as error:
            form.refuse(error)
            post.refresh_from_db()
        else:
            return _saved(request, blog, post)
    return _editor(request, blog, form, post)


@require_POST
@owner_required
def preview(request: StudioRequest, blog: Blog) -> HttpResponse:
    # 307 makes the browser send title and text on to the blog's own host, where an author's HTML may do no
    # harm. The CSRF token travels along; without the main host's cookie, which stays here, it opens nothing.
    token = make_preview_token(blog)
    return HttpResponseRedirect(f"{own_url(blog, '/preview/')}?token={token}", preserve_request=True)


def _saved(request: StudioRequest, blog: Blog, post: Post) -> HttpResponse:
    if not post.is_published:
        messages.success(request, "Saved as a draft. Only you can see it.")
    elif post.published_at and post.published_at > timezone.now():
        messages.success(request, f"Saved. Readers see it from {post.published_at:%Y-%m-%d %H:%M} UTC on.")
    else:
        messages.success(request, "Saved and published.")
    return redirect("studio:edit_post", blog.subdomain, post.pk)


def _editor(request: StudioRequest, blog: Blog, form: PostForm, post: Post | None = None) -> HttpResponse:
    context = {
        "studio_blog": blog,
        "host": preferred_host(blog),
        "form": form,
        "post": post,
        "post_url": post_url(post) if post and post.is_published else "",
        "preview_url": reverse("studio:preview", args=[blog.subdomain]),
    }
    return render(request, "studio/editor.html", context, status=422 if form.is_bound else 200)
