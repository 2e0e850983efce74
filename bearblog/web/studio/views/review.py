"""What staff decided about a blog, and how its owner asks them to look again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bearblog.domain.blogs.models import Blog
from bearblog.domain.moderation import services
from bearblog.domain.moderation.errors import ModerationError
from bearblog.web.studio.access import BlogStudioRequest, owner_required
from bearblog.web.studio.forms_review import ReviewForm


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def review(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    if "withdraw" in request.POST:
        services.withdraw_request(blog=blog)
        messages.success(request, "The request is taken back.")
        return redirect("studio:review", blog.subdomain)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        try:
            services.ask_for_review(blog=blog, note=form.cleaned_data["note"])
        except ModerationError as error:
            form.refuse(error)
        else:
            messages.success(request, "Staff will look at it.")
            return redirect("studio:review", blog.subdomain)
    context = {"studio_blog": blog, "form": form, "may_ask": services.may_ask_for_review(blog)}
    return render(request, "studio/review.html", context, status=422 if form.is_bound else 200)
