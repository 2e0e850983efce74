"""What the box, the release and the doctor ask over HTTP."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bearblog.ops import health


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    # Caddy gives every visitor this header; the box itself asks at the socket, without it.
    if "X-Real-IP" in request.headers:
        raise Http404
    checks = health.check_all()
    failed = [check.sentence for check in checks if not check.is_ok]
    return HttpResponse(
        "".join(f"{sentence}\n" for sentence in failed) or "ready\n",
        status=503 if failed else 200,
        content_type="text/plain; charset=utf-8",
    )
