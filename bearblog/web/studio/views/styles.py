"""How a blog looks: ten themes to start from, and the CSS that is the author's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bearblog.domain.blogs import styles as blog_styles
from bearblog.domain.blogs import styling, themes
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.writing import find_revision
from bearblog.lib import row_numbers
from bearblog.web.studio.access import BlogStudioRequest, owner_required
from bearblog.web.studio.forms_styles import StylesForm


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def styles(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    initial = {"css": blog.css, "allows_remote": blog.allows_remote_styles}
    form = StylesForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            styling.update_styles(blog=blog, by=request.user, **form.cleaned_data)
        except BlogError as error:
            form.refuse(error)
        else:
            messages.success(request, "The style sheet is saved, and readers see it.")
            return redirect("studio:styles", blog.subdomain)
    context = {
        "studio_blog": blog,
        "form": form,
        "themes": themes.THEMES,
        "current": blog.theme or ("" if blog.css else themes.DEFAULT),
        "is_changed": bool(blog.css) and not themes.is_theme(blog.css),
        "style_warnings": blog_styles.style_warnings(blog),
        "replaced": _replaced(request, blog),
    }
    return render(request, "studio/styles.html", context, status=422 if form.is_bound else 200)


@require_POST
@owner_required
def apply_theme(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    try:
        replaced = styling.apply_theme(blog=blog, theme=request.POST.get("theme", ""), by=request.user)
    except BlogError as error:
        messages.error(request, error.sentence)
        return redirect("studio:styles", blog.subdomain)
    theme = themes.find_theme(blog.theme)
    messages.success(request, f"“{theme.name if theme else blog.theme}” is the look of your blog now.")
    response = redirect("studio:styles", blog.subdomain)
    response.headers["Location"] += f"?replaced={replaced.pk}" if replaced else ""
    return response


def _replaced(request: BlogStudioRequest, blog: Blog) -> int | None:
    """The revision that a theme has just replaced, as long as the page offers to undo that."""
    wanted = row_numbers.read(request.GET.get("replaced", ""))
    revision = find_revision(blog, styling.SUBJECT, wanted) if wanted else None
    return revision.pk if revision and revision.text != blog.css else None
