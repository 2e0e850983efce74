"""Records a rehearsal of a restore."""

import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bearblog.engines.replication import drills
from bearblog.engines.replication.current import parse_moment
from bearblog.engines.replication.drills import Drill, Source, Verdict
from bearblog.engines.replication.errors import ReplicationError
from bearblog.ops import box


class Command(BaseCommand):
    help = "Notes what a rehearsal of a restore came to; drill.sh calls it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Source, choices=list(Source))
        parser.add_argument("verdict", type=Verdict, choices=list(Verdict))
        parser.add_argument("--seconds", type=int, required=True, help="how long it took")
        parser.add_argument("--found", type=Path, required=True, help="what check_restored wrote, if it did")
        parser.add_argument("--reason", default="", help="why it failed")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["found"]
        found = json.loads(file.read_text()) if file.exists() else {}
        drill = Drill(
            date=datetime.now(UTC),
            source=options["source"],
            moment=parse_moment(found["moment"]) if found else None,
            seconds=options["seconds"],
            rows=found.get("rows"),
            pages=found.get("pages"),
            verdict=options["verdict"],
            reason=options["reason"],
        )
        try:
            drills.append(box.drills_file(), drill)
        except ReplicationError as error:
            raise CommandError(str(error)) from error
