"""What a person sees when the cross-site check refuses a form, and when we have made a mistake."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from bearblog.lib import request_id
from bearblog.web.base.kept import answer_with_kept_text, has_written


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose token is missing or stale; the words in it are given back."""
    if not has_written(request):
        return render(request, "base/stale_form.html", status=403)
    # The browser itself vouches for the origin: a page of ours with a stale token, not another site's.
    from_here = request.headers.get("Origin") == f"https://{request.get_host()}"
    return answer_with_kept_text(
        request,
        heading="One more click, to be safe",
        sentence=(
            "This form was opened before you signed in, so it was not taken yet. Nothing is lost."
            if from_here
            else "This form did not come from a page of this site, so nothing was changed."
        ),
        status=403,
        may_send_again=from_here,
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for our own mistakes; it asks for nothing that may be broken, too."""
    page = get_template("500.html").render({"reference": request_id.current()})
    return HttpResponse(page, status=500)
