"""Finds the sheet that a subject names, for whoever may write on it."""

from django.http import Http404

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.roles import Role
from bearblog.domain.blogs.writing import NEW_PREFIX
from bearblog.domain.posts.addresses import SUBJECT_PREFIX
from bearblog.domain.posts.selectors import find_post_by_creation_key
from bearblog.web.studio.access import BlogStudioRequest, may_change
from bearblog.web.studio.post_sheet import PostSheet, read_key
from bearblog.web.studio.sheets import PartSheet, Sheet


def open_sheet(request: BlogStudioRequest, blog: Blog, subject: str) -> Sheet:
    """The sheet of this subject. Raises Http404 where there is none, or none for this person."""
    if subject in PartSheet.PARTS:
        if request.role < Role.EDITOR:
            raise Http404
        return PartSheet(blog, subject)
    key = read_key(subject.removeprefix(NEW_PREFIX).removeprefix(SUBJECT_PREFIX))
    post = find_post_by_creation_key(blog, key) if key else None
    is_new = post is None and subject.startswith(NEW_PREFIX)
    if key is None or not (is_new or (post and may_change(request, post))):
        raise Http404
    return PostSheet(blog, post, key=key, role=request.role)
