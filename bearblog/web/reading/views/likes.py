"""A reader likes a post, by a plain form that says nothing of who they are."""

import uuid

from django.http import Http404, HttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from bearblog.domain.conversation import services
from bearblog.domain.conversation.errors import ConversationError
from bearblog.domain.posts.addresses import post_path
from bearblog.domain.posts.selectors import published
from bearblog.web.base.requests import BlogRequest, client_address
from bearblog.web.reading.language import speaking
from bearblog.web.reading.policy import own_form
from bearblog.web.reading.views.missing import notice


@require_POST
@own_form
def like(request: BlogRequest, creation_key: uuid.UUID) -> HttpResponse:
    post = published(request.blog).filter(creation_key=creation_key).first()
    if post is None:
        raise Http404
    post.blog = request.blog
    try:
        with speaking(request.blog):
            services.like(post=post, address=client_address(request))
    except ConversationError as error:
        return notice(request, 422, _("Not counted"), error.sentence)
    # Back to the page that is the same for all; its address makes the thanks visible.
    return HttpResponse(status=303, headers={"Location": iri_to_uri(f"{post_path(post)}#like_thanks")})
