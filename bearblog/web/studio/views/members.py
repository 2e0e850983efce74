"""Who else writes on a blog: inviting, roles, removing, leaving, handing over."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bearblog.domain.blogs import members as services
from bearblog.domain.blogs.addresses import main_url
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog, Membership
from bearblog.domain.blogs.selectors import memberships_of
from bearblog.engines.throttle.budget import spend
from bearblog.web.studio.access import BlogStudioRequest, owner_required, writer_required
from bearblog.web.studio.forms_settings import HandOverForm, MemberForm

LETTERS_A_DAY = 20


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def members(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    form, invited, link = MemberForm(request.POST or None), None, ""
    if form.is_valid():
        try:
            invited, link = _invite(request, blog, form.cleaned_data)
        except BlogError as error:
            form.refuse(error)
        else:
            form = MemberForm()
    context = {
        "studio_blog": blog,
        "form": form,
        "invited": invited,
        "link": link,
        "members": memberships_of(blog),
        "roles": Membership.Role.choices,
        "has_provider": bool(settings.LETTER_BACKEND),
    }
    return render(request, "studio/members.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["POST"])
@owner_required
def member(request: BlogStudioRequest, blog: Blog, pk: int) -> HttpResponse:
    found = Membership.objects.select_related("user").filter(blog=blog, pk=pk).first()
    if found is None:
        raise Http404
    name = found.user.email if found.user else found.email
    if request.POST.get("do") == "remove":
        services.remove_member(membership=found)
        messages.success(request, f"{name} no longer writes on this blog. What they wrote stays.")
        return redirect("studio:members", blog.subdomain)
    try:
        services.change_role(membership=found, role=request.POST.get("role", ""))
    except BlogError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, f"{name} is {found.get_role_display().lower()} now.")
    return redirect("studio:members", blog.subdomain)


@require_http_methods(["GET", "HEAD", "POST"])
@writer_required
def leave(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    found = Membership.objects.filter(blog=blog, user=request.user).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        services.remove_member(membership=found)
        messages.success(request, f"You no longer write on “{blog.title}”.")
        return redirect("studio:blogs")
    return render(request, "studio/leave.html", {"studio_blog": blog})


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def hand_over(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    others = {str(one.pk): one for one in memberships_of(blog)}
    names = {pk: one.user.email for pk, one in others.items() if one.user is not None}
    form = HandOverForm(request.POST or None, names=names)
    if form.is_valid():
        chosen = others.get(form.cleaned_data["membership"])
        try:
            services.hand_over(blog=blog, membership=chosen, typed_name=form.cleaned_data["name"])
        except BlogError as error:
            form.refuse(error)
        else:
            messages.success(request, f"“{blog.title}” belongs to {blog.owner.email} now; you are editor.")
            return redirect("studio:posts", blog.subdomain)
    context = {"studio_blog": blog, "form": form, "has_others": bool(names)}
    return render(request, "studio/hand_over.html", context, status=422 if form.is_bound else 200)


def _invite(request: BlogStudioRequest, blog: Blog, typed: dict[str, Any]) -> tuple[Membership, str]:
    with transaction.atomic():
        invited, token = services.invite_member(blog=blog, **typed)
        if not spend(f"member letters of {request.user.pk}", most=LETTERS_A_DAY, seconds=86_400):
            raise BlogError(f"{LETTERS_A_DAY} invitations a day is as many as one person can send.", "email")
        link = main_url(reverse("studio:member_invitation", args=[token]))
        context = {"host": settings.MAIN_HOST, "link": link, "invited": invited, "by": request.user.email}
        subject = render_to_string("studio/letters/member_invitation_subject.txt", context).strip()
        text = render_to_string("studio/letters/member_invitation.txt", context)
        send_mail(subject, text, None, [invited.email])
    return invited, link
