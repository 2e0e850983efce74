"""Links by which a draft can be read, until they run out or are taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.addresses import share_url
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.selectors import share_links_of
from bearblog.domain.posts.services import revoke_share, share_draft
from bearblog.web.studio.access import BlogStudioRequest, writer_required
from bearblog.web.studio.post_sheet import open_post


@require_http_methods(["GET", "HEAD", "POST"])
@writer_required
def share(request: BlogStudioRequest, blog: Blog, pk: int) -> HttpResponse:
    sheet, post = open_post(request, blog, pk)
    if request.method == "POST":
        try:
            messages.success(request, _change(request, post))
        except PostError as error:
            messages.error(request, error.sentence)
        return redirect("studio:share", blog.subdomain, pk)
    context = {
        "studio_blog": blog,
        "here": sheet.here,
        "post": post,
        "links": [(link, share_url(link)) for link in share_links_of(post)],
    }
    return render(request, "studio/share.html", context)


def _change(request: BlogStudioRequest, post: Post) -> str:
    if request.POST.get("do") == "revoke":
        wanted = request.POST.get("link", "")
        link = next((link for link in share_links_of(post) if str(link.pk) == wanted), None)
        if link is not None:
            revoke_share(link=link)
        return "The link is taken back. Whoever opens it finds nothing."
    days = request.POST.get("days", "")
    share_draft(post=post, by=request.user, days=int(days) if days.isdecimal() and len(days) < 5 else 0)
    return "The link is made: copy it below."
