"""How django-allauth behaves here: who may sign up, and what is true about a request."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from bearblog.domain.accounts import selectors, services
from bearblog.domain.accounts.errors import AccountError
from bearblog.domain.accounts.models import User
from bearblog.web.base.requests import client_address

INVITATION_KEY = "invitation"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sign-up by the box's setting; every new person is a writer."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The address or the password is not right.",
        "email_taken": "There is an account with this address already. You can sign in with it.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, or ask for a new password.",
        "rate_limited": "A little slower, please: try again in a few minutes.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        if settings.SIGNUP == "invite":
            return selectors.find_invitation(request.session.get(INVITATION_KEY, "")) is not None
        return bool(settings.SIGNUP == "open")

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        token = request.session.get(INVITATION_KEY, "")
        try:
            with transaction.atomic():
                super().save_user(request, user, form, commit)
                if settings.SIGNUP == "open" and selectors.find_invitation(token) is None:
                    services.make_writer(user)
                else:
                    services.accept_invitation(user=user, token=token)
        except AccountError as error:
            # Somebody took the invitation while this form was open; its own page says so.
            raise ImmediateHttpResponse(redirect("site:invitation", token=token)) from error
        request.session.pop(INVITATION_KEY, None)
        return user

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_email")
