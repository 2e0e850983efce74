"""Says how the replica is doing."""

import dataclasses
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from bearblog.ops import replication


class Command(BaseCommand):
    help = "Says which prefix this box writes, whether the bucket names it, and how far the replica has come."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = dataclasses.asdict(replication.gather())
        if options["json"]:
            self.stdout.write(json.dumps(found))
            return
        for name, value in found.items():
            self.stdout.write(f"{name.replace('_', ' '):<12} {value}")
