"""A draft, for those who have its link."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bearblog.domain.posts.selectors import find_shared_draft
from bearblog.engines.rendering.inline import plain_title
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading import texts
from bearblog.web.reading.head import unlisted_head
from bearblog.web.reading.policy import framed_policy, unlisted
from bearblog.web.reading.views.post import post_page, tag_names


@require_safe
def draft(request: HttpRequest, token: str) -> HttpResponse:
    blog_request = cast(BlogRequest, request)
    post = find_shared_draft(blog_request.blog, token)
    if post is None:
        raise Http404
    post.blog = blog_request.blog
    response = post_page(
        blog_request,
        post,
        unlisted_head(post.blog, plain_title(post.title)),
        texts.body_html(post),
        tags=tag_names(post),
        notices=[_("This is a draft. Only those who have its link can read it.")],
        is_live=False,
    )
    response.headers["Content-Security-Policy"] = framed_policy(post.blog)
    # The link is the key to the draft: no site that the draft links to may learn it.
    unlisted(response).headers["Referrer-Policy"] = "no-referrer"
    return response
