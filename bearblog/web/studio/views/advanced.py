"""The settings that few blogs need."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bearblog.domain.blogs import preferences
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from bearblog.web.studio.access import BlogStudioRequest, owner_required
from bearblog.web.studio.forms_settings import AdvancedForm, HeadForm

FIELDS = ("collects_analytics", "date_format", "blog_path", "feed_alias", "meta_tag", "robots_text")


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def advanced(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    form = AdvancedForm(request.POST or None, initial={name: getattr(blog, name) for name in FIELDS})
    if form.is_valid():
        try:
            preferences.save_advanced(
                blog=blog,
                **{name: form.cleaned_data[name] for name in FIELDS},
                is_slug_taken=lambda slug: Post.objects.filter(blog=blog, slug=slug).exists(),
            )
        except BlogError as error:
            form.refuse(error)
        else:
            messages.success(request, "The settings are saved.")
            return redirect("studio:advanced", blog.subdomain)
    context = {"studio_blog": blog, "form": form}
    return render(request, "studio/advanced.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def directives(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    form = HeadForm(request.POST or None, initial={"head_html": blog.head_html})
    if form.is_valid():
        try:
            preferences.save_head(blog=blog, head_html=form.cleaned_data["head_html"])
        except BlogError as error:
            form.refuse(error)
        else:
            messages.success(request, "The head of your pages is saved.")
            return redirect("studio:directives", blog.subdomain)
    context = {"studio_blog": blog, "form": form}
    return render(request, "studio/directives.html", context, status=422 if form.is_bound else 200)
