"""Makes the folder of host files agree with the blogs."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bearblog.domain.blogs import hosts


class Command(BaseCommand):
    help = "Grants each host of a blog its certificate file and removes strays. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            granted, revoked = hosts.rebuild()
        except OSError as error:
            raise CommandError(f"{settings.HOSTS_DIR} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{granted} granted, {revoked} removed in {settings.HOSTS_DIR}.")
