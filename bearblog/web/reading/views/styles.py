"""The style sheet of a blog, cached for ever under the name of its contents."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from bearblog.domain.blogs import stored_pages, styles
from bearblog.engines.pagecache import assets
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.policy import reader_page


@reader_page
def stylesheet(request: BlogRequest, name: str) -> HttpResponse:
    current = styles.stylesheet_name(request.blog)
    if name != current:
        # A page that somebody kept asks for the sheet that it was made with.
        return redirect(f"/style/{current}.css")
    sheet = styles.stylesheet(request.blog).encode()
    if settings.STORE_PAGES and assets.read(stored_pages.pages(), request.path) is None:
        assets.write(stored_pages.pages(), request.path, sheet)
    response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
