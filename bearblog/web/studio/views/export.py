"""A blog to take away: what is inside, and the files."""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from datetime import date, datetime
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from bearblog.domain.blogs.models import Blog
from bearblog.domain.media.selectors import space_of
from bearblog.domain.newsletter import selectors as newsletter
from bearblog.domain.transfer import archive, kept
from bearblog.domain.transfer.errors import TransferError
from bearblog.web.studio.access import BlogStudioRequest, owner_required

AT_ONCE = 3
ZIP, CSV = "application/zip", "text/csv; charset=utf-8"


@require_safe
@owner_required
def export(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    context = {
        "studio_blog": blog,
        "here": "settings",
        "part": "export",
        "post_count": blog.posts.filter(is_page=False).count(),
        "page_count": blog.posts.filter(is_page=True).count(),
        "revision_count": blog.revisions.count(),
        "subscriber_count": newsletter.subscribers_of(blog).count(),
        "media_count": blog.media_files.count(),
        "media_size": space_of(blog).used,
    }
    return render(request, "studio/export.html", context)


@require_GET
@owner_required
def export_file(request: BlogStudioRequest, blog: Blog, what: str) -> HttpResponse:
    kinds: dict[str, tuple[str, str, Callable[[], Generator[bytes]]]] = {
        "blog": ("zip", ZIP, lambda: archive.whole_blog(blog, subscribers=_subscribers(blog))),
        "markdown": ("markdown.zip", ZIP, lambda: archive.markdown_only(blog)),
        "csv": ("csv", CSV, lambda: archive.table_only(blog)),
    }
    if what not in kinds:
        raise Http404
    ending, content_type, make = kinds[what]
    places = ExitStack()
    try:
        places.enter_context(kept.turn_of(blog, "export"))
        places.enter_context(kept.turn("export", AT_ONCE))
    except TransferError as error:
        places.close()
        messages.error(request, error.sentence)
        return redirect("studio:export", blog.subdomain)
    name = f"{blog.subdomain}-{_today():%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    response = StreamingHttpResponse(_Held(make(), places), content_type=content_type, headers=headers)
    return cast(HttpResponse, response)


class _Held:
    """The pieces of a file, and the place that is free again when the last is sent or the reader gone."""

    def __init__(self, pieces: Generator[bytes], places: ExitStack) -> None:
        self._pieces, self._places = pieces, places

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        self._pieces.close()
        self._places.close()


def _subscribers(blog: Blog) -> Iterator[tuple[str, datetime, datetime | None]]:
    return ((row.email, row.subscribed_at, row.confirmed_at) for row in newsletter.rows(blog))


def _today() -> date:
    return timezone.localdate()
