"""A domain of the blog's own: the records it needs, and how they stood when the worker last looked."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bearblog.domain.blogs import domain_claims, domain_records
from bearblog.domain.blogs.addresses import own_host
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog, DomainClaim
from bearblog.domain.blogs.selectors import find_claim
from bearblog.web.studio.access import BlogStudioRequest, owner_required
from bearblog.web.studio.forms_settings import DomainForm

_SECONDS_BETWEEN_LOOKS = "20"
_PATIENCE = timedelta(minutes=15)


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def custom_domain(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    match request.POST.get("do"):
        case "check":
            domain_claims.ask_again(blog=blog)
            return redirect("studio:custom_domain", blog.subdomain)
        case "remove":
            domain_claims.release_domain(blog=blog)
            messages.success(request, "The domain is removed. The blog stays where it always was.")
            return redirect("studio:custom_domain", blog.subdomain)
    claim = find_claim(blog)
    if request.method == "POST" or claim is None or "change" in request.GET:
        return _choose(request, blog, claim)
    return _show(request, blog, claim)


def _choose(request: BlogStudioRequest, blog: Blog, claim: DomainClaim | None) -> HttpResponse:
    form = DomainForm(request.POST or None, initial={"custom_domain": claim.domain if claim else ""})
    if form.is_valid():
        try:
            domain_claims.claim_domain(blog=blog, domain=form.cleaned_data["custom_domain"])
        except BlogError as error:
            form.refuse(error)
        else:
            return redirect("studio:custom_domain", blog.subdomain)
    context = {"studio_blog": blog, "form": form, "claim": claim, "own_host": own_host(blog)}
    return render(request, "studio/choose_domain.html", context, status=422 if form.is_bound else 200)


def _show(request: BlogStudioRequest, blog: Blog, claim: DomainClaim) -> HttpResponse:
    is_waiting = claim.checked_at is None or claim.asked_at > claim.checked_at
    is_settled = blog.custom_domain == claim.domain and blog.domain_answers
    context = {
        "studio_blog": blog,
        "claim": claim,
        "rows": domain_records.rows(claim),
        "trouble": domain_records.answer_sentence(claim),
        "own_host": own_host(blog),
        "is_ours": blog.custom_domain == claim.domain,
        "is_settled": is_settled,
        "is_waiting": is_waiting,
    }
    response = render(request, "studio/custom_domain.html", context)
    if is_waiting or (not is_settled and timezone.now() - claim.asked_at < _PATIENCE):
        response.headers["Refresh"] = _SECONDS_BETWEEN_LOOKS
    return response
