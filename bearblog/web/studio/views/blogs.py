"""A person's blogs, and the form that makes another."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bearblog.domain.accounts.selectors import may_write
from bearblog.domain.blogs.addresses import own_host
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.selectors import blogs_with_roles
from bearblog.domain.blogs.services import create_blog
from bearblog.web.studio.access import StudioRequest, signed_in
from bearblog.web.studio.forms import NewBlogForm


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def blogs(request: StudioRequest) -> HttpResponse:
    form = NewBlogForm(request.POST or None)
    if form.is_valid():
        try:
            blog = create_blog(owner=request.user, **form.cleaned_data)
        except BlogError as error:
            form.refuse(error)
        else:
            messages.success(request, f"“{blog.title}” is ready, at {own_host(blog)}. Write its first post.")
            return redirect("studio:posts", blog.subdomain)
    context = {
        "form": form,
        "blogs": [(blog, role.name.lower()) for blog, role in blogs_with_roles(request.user)],
        "may_write": may_write(request.user),
        "blogs_domain": settings.BLOGS_DOMAIN,
    }
    return render(request, "studio/blogs.html", context, status=422 if form.is_bound else 200)
