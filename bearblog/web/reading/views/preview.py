"""An unsaved text as its readers will see it, on the blog's own host and inside a frame of the studio."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from bearblog.domain.blogs.preview import is_preview_token
from bearblog.domain.posts.services import MAX_TEXT
from bearblog.engines.rendering.inline import plain_title
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading import texts, unsaved
from bearblog.web.reading.head import unlisted_head
from bearblog.web.reading.policy import framed_policy, unlisted
from bearblog.web.reading.unsaved_styles import is_about_styles, page_in_unsaved_styles
from bearblog.web.reading.views.home import front_page
from bearblog.web.reading.views.missing import notice
from bearblog.web.reading.views.post import post_page

_OF_THE_BLOG = ("home", "nav", "footer")


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    blog_request = cast(BlogRequest, request)
    response = unlisted(_answer(blog_request))
    response.headers.setdefault("Content-Security-Policy", framed_policy(blog_request.blog))
    return response


def _answer(request: BlogRequest) -> HttpResponse:
    # The studio sends its form on by a 307 redirect, which can add to the address only.
    token = request.GET.get("token") or request.POST.get("token", "")
    if not is_preview_token(request.blog, token):
        sentence = _("This preview has run out. Go back to the editor and ask for it again.")
        return notice(request, 403, _("No preview"), sentence, is_live=False)
    if is_about_styles(request):
        return page_in_unsaved_styles(request)
    subject, header = request.POST.get("subject", ""), request.POST.get("header", "")
    text = request.POST.get("text", "")
    if len(text) > MAX_TEXT:
        too_long = f"The text has more than {MAX_TEXT:,} characters."
        return notice(request, 400, _("No preview"), too_long, is_live=False)
    if subject in _OF_THE_BLOG:
        problems = unsaved.dress(request.blog, subject=subject, header=header, text=text)
        return front_page(request, notices=problems, is_live=False)
    is_page = request.POST.get("is_page", "").lower() in ("true", "on", "1")
    return _post(
        request,
        unsaved.post_of(request.blog, subject=subject, is_page=is_page, header=header, text=text),
    )


def _post(request: BlogRequest, typed: unsaved.UnsavedPost) -> HttpResponse:
    post = typed.post
    return post_page(
        request,
        post,
        unlisted_head(post.blog, plain_title(post.title)),
        texts.body_html(post),
        tags=typed.tags,
        notices=typed.problems,
        is_live=False,
    )
