"""Who has been invited, and the form that invites somebody."""

from django import forms
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bearblog.domain.accounts.errors import AccountError
from bearblog.domain.accounts.models import Invitation
from bearblog.domain.accounts.selectors import open_invitations
from bearblog.domain.accounts.services import invite
from bearblog.domain.blogs.addresses import main_url
from bearblog.domain.moderation import audit
from bearblog.web.staff.access import StaffRequest, staff_required


class InvitationForm(forms.Form):
    email = forms.CharField(
        label="E-mail", required=False, widget=forms.EmailInput(attrs={"placeholder": "somebody@example.org"})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def invitations(request: StaffRequest) -> HttpResponse:
    form, invitation, link = InvitationForm(request.POST or None), None, ""
    if form.is_valid():
        try:
            with transaction.atomic():
                invitation, token = invite(email=form.cleaned_data["email"], invited_by=request.user)
                link = main_url(reverse("site:invitation", args=[token]))
                _send(invitation, link)
                audit.note_down(actor=request.user, action="invite", target=f"person {invitation.email}")
        except AccountError as error:
            form.add_error("email", error.sentence)
        else:
            form = InvitationForm()
    context = {
        "form": form,
        "invitation": invitation,
        "link": link,
        "invitations": open_invitations(),
        "has_provider": bool(settings.LETTER_BACKEND),
        "signup": settings.SIGNUP,
    }
    return render(request, "staff/invitations.html", context, status=422 if form.is_bound else 200)


def _send(invitation: Invitation, link: str) -> None:
    context = {"host": settings.MAIN_HOST, "link": link, "invitation": invitation}
    subject = render_to_string("staff/letters/invitation_subject.txt", context).strip()
    text = render_to_string("staff/letters/invitation.txt", context)
    send_mail(subject, text, None, [invitation.email])
