"""Who asked for a blog's letters: the list, adding, removing, taking it away as a file."""

import csv

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bearblog.domain.blogs.addresses import blog_url, preferred_host
from bearblog.domain.blogs.models import Blog
from bearblog.domain.newsletter import pasted, selectors, services
from bearblog.domain.newsletter.errors import NewsletterError
from bearblog.lib import row_numbers
from bearblog.lib.spreadsheets import harmless
from bearblog.web.studio.access import BlogStudioRequest, owner_required
from bearblog.web.studio.forms_subscribers import AddSubscribersForm

SUBSCRIBERS_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def subscribers(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    form = AddSubscribersForm(request.POST or None)
    if form.is_valid():
        try:
            emails = pasted.addresses_in(form.cleaned_data["emails"])
            added = services.add_subscribers(
                blog=blog, emails=emails, have_agreed=form.cleaned_data["have_agreed"]
            )
        except NewsletterError as error:
            form.refuse(error)
        else:
            messages.success(request, _said(added, form.cleaned_data["have_agreed"]))
            return redirect("studio:subscribers", blog.subdomain)
    query = request.GET.get("q", "")[:254]
    everybody = selectors.subscribers_of(blog)
    context = {
        "studio_blog": blog,
        "host": preferred_host(blog),
        "url": blog_url(blog),
        "form": form,
        "query": query,
        "page": Paginator(selectors.subscribers_of(blog, query), SUBSCRIBERS_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "confirmed": everybody.confirmed().count(),
        "waiting": everybody.filter(confirmed_at__isnull=True).count(),
    }
    return render(request, "studio/subscribers.html", context, status=422 if form.is_bound else 200)


@require_POST
@owner_required
def remove_subscribers(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    pks = row_numbers.read_all(request.POST.getlist("subscriber")[:1000])
    removed = services.remove_subscribers(blog=blog, pks=pks)
    if removed:
        messages.success(request, f"{removed} removed.")
    else:
        messages.warning(request, "Nobody was removed: tick those who shall go first.")
    return redirect("studio:subscribers", blog.subdomain)


@require_safe
@owner_required
def subscribers_file(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    is_plain = request.GET.get("format") == "txt"
    ending, content_type = ("txt", "text/plain") if is_plain else ("csv", "text/csv")
    response = HttpResponse(content_type=f"{content_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{blog.subdomain}-subscribers.{ending}"'
    if is_plain:
        response.writelines(f"{row.email}\n" for row in selectors.rows(blog) if row.confirmed_at)
        return response
    rows = csv.writer(response)
    rows.writerow(["email", "subscribed_at", "confirmed_at"])
    for row in selectors.rows(blog):
        confirmed_at = row.confirmed_at.isoformat() if row.confirmed_at else ""
        rows.writerow([harmless(row.email), row.subscribed_at.isoformat(), confirmed_at])
    return response


def _said(added: int, have_agreed: bool) -> str:
    if not added:
        return "All of these were on the list already."
    who = "1 address is" if added == 1 else f"{added} addresses are"
    return f"{who} on the list now." if have_agreed else f"{who} asked by letter now."
