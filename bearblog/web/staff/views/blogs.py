"""The review queue, one blog of it, and what is decided about it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from bearblog.domain.blogs.addresses import blog_url, own_url
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.preview import make_preview_token
from bearblog.domain.moderation import audit, decisions, queues
from bearblog.domain.moderation.decisions import Decision
from bearblog.domain.moderation.errors import ModerationError
from bearblog.domain.posts.addresses import post_path
from bearblog.domain.posts.models import Post
from bearblog.web.staff.access import StaffRequest, staff_required

BLOGS_A_PAGE = 50
NEWEST_POSTS = 20
_SAID = {
    Decision.APPROVE: "Approved: the main site may point at it.",
    Decision.WITHDRAW: "The approval is withdrawn.",
    Decision.HIDE: "Hidden from the main site. Its readers still find it.",
    Decision.SHOW: "The main site may show it again.",
    Decision.BLOCK: "Blocked: nobody can read it. The owner has a letter with your note.",
    Decision.UNBLOCK: "Unblocked: it can be read again.",
    Decision.IGNORE: "Ignored. It comes back once it changes; ignored twice, it stays away.",
    Decision.LOOK_AGAIN: "It is no longer ignored.",
    Decision.TRUST: "Trusted: raw HTML works on its own host.",
    Decision.UNTRUST: "No longer trusted: raw HTML is cleaned again.",
    Decision.FLAG: "Flagged for another look.",
    Decision.UNFLAG: "The flag is gone.",
    Decision.SETTLE: "The reports are settled.",
    Decision.REOPEN: "The reports that were settled last are open again.",
}


@require_safe
@staff_required
def blogs(request: StaffRequest, name: str = "new") -> HttpResponse:
    if name not in queues.QUEUES:
        raise Http404
    query = request.GET.get("q", "")[:254]
    page = Paginator(queues.queue(name, query), BLOGS_A_PAGE).get_page(request.GET.get("page"))
    context = {"queue": name, "queues": queues.counts(), "query": query, "page": page}
    return render(request, "staff/blogs.html", context)


@require_safe
@staff_required
def blog(request: StaffRequest, pk: int) -> HttpResponse:
    found = _find(pk)
    posts = found.posts.all().published().without_text().newest_first()[:NEWEST_POSTS]
    shown = request.GET.get("post", "")
    query = {"token": make_preview_token(found)} | (
        {"post": shown} if shown.isascii() and shown.isdecimal() else {}
    )
    reports = list(queues.reports_on(found)[:50])
    context = {
        "reviewed": found,
        "url": blog_url(found),
        "posts": [(post, blog_url(found, post_path(post))) for post in posts],
        "shown": shown,
        "is_dark": found.is_blocked or not found.owner.is_active,
        "frame_url": f"{own_url(found, '/preview/blog/')}?{urlencode(query)}",
        "reports": reports,
        "has_open_reports": any(report.settled_at is None for report in reports),
        "has_settled_reports": any(report.settled_at for report in reports),
        "entries": audit.entries_about(found)[:20],
    }
    return render(request, "staff/blog.html", context)


@require_POST
@staff_required
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    found = _find(pk)
    try:
        decision = Decision(request.POST.get("decision", ""))
        decisions.decide(blog=found, decision=decision, actor=request.user, note=request.POST.get("note", ""))
    except ValueError as error:
        raise Http404 from error
    except ModerationError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _SAID[decision])
    return redirect("staff:blog", pk)


@require_POST
@staff_required
def decide_about_post(request: StaffRequest, pk: int, post_pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.select_related("blog"), blog=pk, pk=post_pk)
    if request.POST.get("decision") == "show":
        decisions.show_post(post=post, actor=request.user)
        messages.success(request, f"The main site may point at “{post.title}” again.")
    else:
        decisions.hide_post(post=post, actor=request.user)
        messages.success(request, f"“{post.title}” is hidden from the main site.")
    return redirect("staff:blog", pk)


def _find(pk: int) -> Blog:
    return get_object_or_404(Blog.objects.select_related("owner"), pk=pk)
