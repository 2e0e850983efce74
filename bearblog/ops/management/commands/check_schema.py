"""Says whether this release knows the schema of the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bearblog.ops import schema
from bearblog.ops.schema import SchemaError


class Command(BaseCommand):
    help = "Fails where the database was written by a newer release than this one. Changes nothing."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            schema.refuse_newer()
        except SchemaError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("This release knows the schema of the database.")
