"""Names each request as the web server does, so that its answer, lines and tasks can be found again."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from bearblog.lib import request_id


class RequestNameMiddleware:
    """Notes the name that Caddy has given the request. Only an answer that says it failed carries it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Until the thread's next request: Django still logs what was answered after all middleware.
        name = request_id.begin(request.headers.get(request_id.HEADER, ""))
        response = self.get_response(request)
        if response.status_code >= 500:
            response.headers[request_id.HEADER] = name
        return response
