"""How django-allauth behaves here: who may sign up, and what is true about a request."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from bearblog.domain.accounts import selectors, services
from bearblog.domain.accounts.errors import AccountError
from bearblog.domain.accounts.models import User
from bearblog.lib.networks import network_of
from bearblog.web.base.requests import client_address

INVITATION_KEY = "invitation"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sign-up by the box's setting; who comes in is a writer, or waits for the staff's yes."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The address or the password is not right.",
        "email_taken": "There is an account with this address already. You can sign in with it.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, or ask for a new password.",
        "rate_limited": "A little slower, please: try again in a few minutes.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        if settings.SIGNUP == "invite":
            return selectors.find_invitation(request.session.get(INVITATION_KEY, "")) is not None
        return settings.SIGNUP in ("open", "approval")

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        token = request.session.get(INVITATION_KEY, "")
        try:
            with transaction.atomic():
                super().save_user(request, user, form, commit)
                self._let_in(user, token)
        except AccountError as error:
            # Somebody took the invitation while this form was open; its own page says so.
            raise ImmediateHttpResponse(redirect("site:invitation", token=token)) from error
        request.session.pop(INVITATION_KEY, None)
        return user

    def _let_in(self, user: User, token: str) -> None:
        if settings.SIGNUP == "closed":
            raise PermissionDenied("Nobody can sign up here now.")
        if settings.SIGNUP == "invite" or selectors.find_invitation(token):
            services.accept_invitation(user=user, token=token)
        elif settings.SIGNUP == "approval":
            services.ask_to_write(user)
        else:
            services.make_writer(user)

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        # What is left could be an address that nobody has confirmed.
        return bool(
            email_address.email != email_address.user.email and super().can_delete_email(email_address)
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        # Limits are for a household: who has one IPv6 address has a great many.
        return network_of(client_address(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_email")
