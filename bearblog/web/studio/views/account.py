"""An invitation to write with somebody, and the end of an account."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bearblog.domain.accounts.errors import AccountError
from bearblog.domain.blogs import farewell
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.members import accept_membership
from bearblog.domain.blogs.selectors import blogs_of, find_membership
from bearblog.web.studio.access import StudioRequest, signed_in
from bearblog.web.studio.forms import StudioForm
from bearblog.web.studio.forms_settings import DeleteAccountForm


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def member_invitation(request: HttpRequest, token: str) -> HttpResponse:
    membership = find_membership(token)
    if membership is None:
        return render(request, "studio/member_invitation_gone.html", status=410)
    form = StudioForm(request.POST if request.method == "POST" else None)
    if request.user.is_authenticated and form.is_valid():
        try:
            accept_membership(user=request.user, token=token)
        except BlogError as error:
            form.refuse(error)
        else:
            messages.success(request, f"Welcome to “{membership.blog.title}”.")
            return redirect("studio:posts", membership.blog.subdomain)
    context = {
        "membership": membership,
        "form": form,
        "is_open": get_adapter(request).is_open_for_signup(request),
    }
    return render(request, "studio/member_invitation.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def delete_account(request: StudioRequest) -> HttpResponse:
    form = DeleteAccountForm(request.POST or None)
    if form.is_valid():
        # A stolen session must not be a place to guess the password at leisure.
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            form.add_error(None, "A little slower, please: try again in a few minutes. Nothing was deleted.")
        else:
            try:
                farewell.delete_account(user=request.user, **form.cleaned_data)
            except AccountError as error:
                form.refuse(error)
            else:
                logout(request)
                messages.success(request, "Your account is deleted, and all that was yours with it.")
                return redirect("site:landing")
    context = {"form": form, "blogs": blogs_of(request.user)}
    return render(request, "studio/delete_account.html", context, status=422 if form.is_bound else 200)
