"""What a blog is called, where it stands, and its end."""

from typing import Any

from django.conf import settings as site_settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bearblog.domain.blogs import services
from bearblog.domain.blogs.addresses import blog_url, own_host, preferred_host
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.selectors import posts_of
from bearblog.web.studio.access import StudioRequest, owner_required
from bearblog.web.studio.forms import BlogSettingsForm, DeleteBlogForm

TEXTS = ("title", "home_text", "nav_text", "language")


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def settings(request: StudioRequest, blog: Blog) -> HttpResponse:
    initial = {name: getattr(blog, name) for name in (*TEXTS, "subdomain", "custom_domain")}
    form = BlogSettingsForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            _save(blog, form.cleaned_data)
        except BlogError as error:
            form.refuse(error)
            blog.refresh_from_db()
        else:
            messages.success(request, "The settings are saved.")
            return redirect("studio:settings", blog.subdomain)
    context = {
        "studio_blog": blog,
        "form": form,
        "host": preferred_host(blog),
        "url": blog_url(blog),
        "own_host": own_host(blog),
        "blogs_domain": site_settings.BLOGS_DOMAIN,
        "public_ipv4": site_settings.PUBLIC_IPV4,
        "public_ipv6": site_settings.PUBLIC_IPV6,
    }
    return render(request, "studio/settings.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def delete_blog(request: StudioRequest, blog: Blog) -> HttpResponse:
    form = DeleteBlogForm(request.POST or None)
    if form.is_valid():
        if form.cleaned_data["name"].strip() == blog.subdomain:
            services.delete_blog(blog=blog)
            messages.success(request, f"“{blog.title}” and its posts are deleted.")
            return redirect("studio:blogs")
        form.add_error("name", f"Type “{blog.subdomain}” to delete the blog. Nothing was deleted.")
    context = {"studio_blog": blog, "form": form, "count": posts_of(blog).count()}
    return render(request, "studio/delete_blog.html", context, status=422 if form.is_bound else 200)


def _save(blog: Blog, typed: dict[str, Any]) -> None:
    # All or nothing: a refused domain must not leave half a form saved.
    with transaction.atomic():
        services.update_blog(blog=blog, **{name: typed[name] for name in TEXTS})
        services.rename_blog(blog=blog, subdomain=typed["subdomain"])
        services.set_custom_domain(blog=blog, domain=typed["custom_domain"])
