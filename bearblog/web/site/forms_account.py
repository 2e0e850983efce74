"""The form in which people give their account another address."""

from allauth.account.forms import AddEmailForm
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest


class ChangeEmailForm(AddEmailForm):  # type: ignore[misc]  # allauth ships no types
    """Waits for the new address to be confirmed, whether the old one ever was or not."""

    def save(self, request: HttpRequest) -> EmailAddress:
        with transaction.atomic():
            # allauth takes an unconfirmed address for one that is waited for, and would leave none at all.
            waiting = EmailAddress.objects.filter(user=self.user, verified=False)
            waiting.exclude(email=self.user.email).delete()
            address = EmailAddress.objects.create(user=self.user, email=self.cleaned_data["email"])
            address.send_confirmation(request)
        return address
