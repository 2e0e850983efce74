"""A blog as its readers see it, inside a frame of the staff's desk."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bearblog.domain.blogs.preview import is_preview_token
from bearblog.domain.posts.models import Post
from bearblog.engines.rendering.inline import plain_title
from bearblog.lib import row_numbers
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading import texts
from bearblog.web.reading.head import unlisted_head
from bearblog.web.reading.policy import framed_policy, unlisted
from bearblog.web.reading.views.home import front_page
from bearblog.web.reading.views.missing import notice
from bearblog.web.reading.views.post import post_page, tag_names


@require_safe
def look(request: HttpRequest) -> HttpResponse:
    blog_request = cast(BlogRequest, request)
    response = unlisted(_answer(blog_request))
    response.headers["Content-Security-Policy"] = framed_policy(blog_request.blog)
    return response


def _answer(request: BlogRequest) -> HttpResponse:
    blog = request.blog
    if not is_preview_token(blog, request.GET.get("token", "")):
        sentence = _("This preview has run out. Open the page around it once more.")
        return notice(request, 403, _("No preview"), sentence, is_live=False)
    post = _find(request)
    if post is None:
        return front_page(request, is_live=False)
    head = unlisted_head(blog, plain_title(post.title))
    return post_page(request, post, head, texts.body_html(post), tags=tag_names(post), is_live=False)


def _find(request: BlogRequest) -> Post | None:
    pk = row_numbers.read(request.GET.get("post", "")) or 0
    return Post.objects.published().filter(blog=request.blog, pk=pk).select_related("blog").first()
