"""One change to all the posts that were chosen in a list."""

from collections.abc import Callable, Collection

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts import bulk as services
from bearblog.domain.posts.errors import PostError
from bearblog.lib import row_numbers
from bearblog.web.studio.access import BlogStudioRequest, writer_required
from bearblog.web.studio.listing import own_posts


@require_POST
@writer_required
def bulk(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    chosen = row_numbers.read_all(request.POST.getlist("chosen"))
    posts = own_posts(request, blog).filter(pk__in=chosen)
    pks = [post.pk for post in posts]
    wish, back = request.POST.get("do", ""), _back(request, blog)
    if not pks:
        messages.warning(request, "Choose something in the list first.")
        return redirect(back)
    if wish == "delete":
        context = {"studio_blog": blog, "posts": posts, "back": back}
        return render(request, "studio/delete_posts.html", context)
    try:
        messages.success(request, _change(blog, wish, pks, request.POST.get("tag", ""), request.user))
    except PostError as error:
        messages.error(request, error.sentence)
    return redirect(back)


def _change(blog: Blog, wish: str, pks: Collection[int], tag: str, by: User) -> str:
    changes: dict[str, tuple[Callable[[], int], str]] = {
        "publish": (lambda: services.publish_posts(blog=blog, pks=pks, by=by), "Published"),
        "unpublish": (lambda: services.unpublish_posts(blog=blog, pks=pks, by=by), "Made a draft"),
        "delete-now": (lambda: services.delete_posts(blog=blog, pks=pks, by=by), "Deleted"),
        "add-tag": (lambda: services.add_tag(blog=blog, pks=pks, name=tag, by=by), "Tagged"),
        "remove-tag": (lambda: services.remove_tag(blog=blog, pks=pks, name=tag, by=by), "Tag removed"),
    }
    if wish not in changes:
        raise PostError("That button is not known here. Nothing was changed.")
    change, words = changes[wish]
    return f"{words}: {change()} of {len(pks)}."


def _back(request: BlogStudioRequest, blog: Blog) -> str:
    wanted = request.POST.get("back", "")
    own = reverse("studio:home", args=[blog.subdomain])
    is_ours = wanted.startswith(own) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else reverse("studio:posts", args=[blog.subdomain])
