"""Invites a person to write on this box."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from bearblog.domain.accounts.errors import AccountError
from bearblog.domain.accounts.services import invite
from bearblog.domain.blogs.addresses import main_url


class Command(BaseCommand):
    help = "Invites a person to write here; prints the link to give them. An older open invitation ends."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the person's e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            _, token = invite(email=options["email"], invited_by=None)
        except AccountError as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(main_url(reverse("site:invitation", kwargs={"token": token})))
