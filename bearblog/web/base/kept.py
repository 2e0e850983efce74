"""The page that gives people back what they typed when it could not be taken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bearblog.lib import request_id

_NEVER_SHOWN = ("csrfmiddlewaretoken", "password")
_ALWAYS_SHOWN = ("title", "header", "text")


def has_written(request: HttpRequest) -> bool:
    """Whether the form that was sent carries words worth keeping."""
    return bool(_fields(request)[0])


def answer_with_kept_text(
    request: HttpRequest, *, heading: str, sentence: str, status: int, may_send_again: bool
) -> HttpResponse:
    """A page with the words of the form that was sent, and a button to send them again where that is safe."""
    if request.headers.get("Sec-Fetch-Dest") == "iframe":
        return _answer_in_frame(request, heading, status)
    written, short = _fields(request)
    context = {
        "heading": heading,
        "sentence": sentence,
        "written": written,
        "short": short,
        "action": request.get_full_path() if may_send_again else "",
        # By which whoever runs the site finds what the log says of it.
        "reference": request_id.current() if status >= 500 else "",
    }
    return render(request, "base/kept_text.html", context, status=status)


def _answer_in_frame(request: HttpRequest, heading: str, status: int) -> HttpResponse:
    # The editor around the frame still holds the words; this only has to be seen inside it.
    response = render(request, "base/framed_note.html", {"heading": heading}, status=status)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; frame-ancestors 'self'"
    return response


def _fields(request: HttpRequest) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    written: list[tuple[str, str]] = []
    short: list[tuple[str, str]] = []
    for name, values in request.POST.lists():
        if any(word in name for word in _NEVER_SHOWN):
            continue
        for value in values:
            is_prose = (name in _ALWAYS_SHOWN and value) or "\n" in value or len(value) > 100
            (written if is_prose else short).append((name, value))
    return written, short
