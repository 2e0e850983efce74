"""Looks at a restored database: how new it is, how whole, and whether its pages show."""

import dataclasses
import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from bearblog.engines.replication.errors import ReplicationError
from bearblog.ops.moments import moment
from bearblog.ops.restored import look_over


class Command(BaseCommand):
    help = (
        "Compares a restored database with its newest canary and makes pages of ten blogs. "
        "For a copy, whose folder drill.sh names in BEARBLOG_DATA_DIR."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--of", type=moment, help="the moment whose state it should be; left out: any")
        parser.add_argument("--found", type=Path, required=True, help="write what was found here, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("createcachetable", database="cache")
        try:
            found = look_over(of=options["of"])
        except ReplicationError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The restored database does not answer: {error}.") from error
        options["found"].write_text(json.dumps(dataclasses.asdict(found), default=datetime.isoformat))
        self.stdout.write(found.describe())
