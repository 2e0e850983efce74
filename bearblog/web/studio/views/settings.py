"""What a blog is called, the language and the hour in which it speaks, and its end."""

import functools
import zoneinfo
from typing import Any

from django.conf import settings as site_settings
from django.conf.locale import LANG_INFO
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bearblog.domain.blogs import preferences, services
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.selectors import posts_of
from bearblog.web.studio.access import BlogStudioRequest, owner_required
from bearblog.web.studio.forms_settings import DeleteBlogForm, SettingsForm

FIELDS = ("language", "time_zone", "has_likes", "has_share_links")


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def settings(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    initial = {name: getattr(blog, name) for name in (*FIELDS, "subdomain")}
    form = SettingsForm(request.POST or None, initial=initial)
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
        "blogs_domain": site_settings.BLOGS_DOMAIN,
        "former_names": [former.subdomain for former in blog.former_names.all()],
        "languages": _languages(),
        "time_zones": _time_zones(),
    }
    return render(request, "studio/settings.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def delete_blog(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
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
    # All or nothing: a refused name must not leave half a form saved.
    with transaction.atomic():
        preferences.save_settings(blog=blog, **{name: typed[name] for name in FIELDS})
        services.rename_blog(blog=blog, subdomain=typed["subdomain"])


@functools.cache
def _languages() -> list[tuple[str, str]]:
    named = {code: info for code, info in LANG_INFO.items() if "name_local" in info}
    return sorted((code, str(info["name_local"])) for code, info in named.items())


@functools.cache
def _time_zones() -> list[str]:
    # "Factory" is what a clock shows that nobody has set.
    return sorted(zoneinfo.available_timezones() - {"Factory", "localtime"})
