"""An unsaved text as its author will see it, on the blog's own host and inside a frame of the studio."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from bearblog.domain.blogs.preview import is_preview_token
from bearblog.domain.posts import display
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import MAX_TEXT, MAX_TITLE
from bearblog.lib import plain_text
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.pages import blog_page
from bearblog.web.reading.policy import preview_policy


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    blog_request = cast(BlogRequest, request)
    response = _answer(blog_request)
    response.headers["Content-Security-Policy"] = preview_policy(blog_request.blog)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _answer(request: BlogRequest) -> HttpResponse:
    # The studio sends its form on by a 307 redirect, which can add to the address only.
    token = request.GET.get("token") or request.POST.get("token", "")
    if not is_preview_token(request.blog, token):
        sentence = "This preview has run out. Go back to the editor and ask for it again."
        return _refusal(request, 403, sentence)
    text = plain_text.tidy(request.POST.get("text", ""))
    if len(text) > MAX_TEXT:
        return _refusal(request, 400, f"The text has more than {MAX_TEXT:,} characters.")
    title = plain_text.one_line(request.POST.get("title", ""))[:MAX_TITLE]
    unsaved = Post(blog=request.blog, title=title, text=text, published_at=timezone.now())
    return blog_page(request, "reading/post.html", post=unsaved, body_html=display.body_html(unsaved))


def _refusal(request: BlogRequest, status: int, sentence: str) -> HttpResponse:
    return blog_page(request, "reading/notice.html", status=status, heading="No preview", sentence=sentence)
