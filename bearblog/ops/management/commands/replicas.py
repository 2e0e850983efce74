"""Shows the replicas in the bucket, exports what only one of them has, and deletes old ones."""

import json
import sys
from argparse import SUPPRESS, ArgumentParser, RawDescriptionHelpFormatter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bearblog.domain.transfer.errors import TransferError
from bearblog.engines.replication import letting_go
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.prefixes import Prefix
from bearblog.ops import box, replica_export, replica_table, replicas
from bearblog.ops.moments import moment

_MOST_LINES = 200
_HELP = """The replicas in the bucket: this box's own, and those of the boxes before it. All moments are UTC.

  bearblog replicas                     each prefix, what can be restored from it, and what it takes
  bearblog replicas export PREFIX --to FOLDER
                                        writes what only that replica has, by blog and post; merges nothing
  bearblog replicas delete PREFIX       deletes a replica that was superseded 30 days ago or earlier
  bearblog replicas delete --older      deletes all of those

A PREFIX may be given by its last eight characters. Media and backup sets are never deleted here."""


class Command(BaseCommand):
    help = _HELP
    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> Any:
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **options
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one line of JSON")
        parser.set_defaults(work=self._show)
        actions = parser.add_subparsers(metavar="ACTION")
        show = actions.add_parser("show", help="each prefix; what is done when nothing is named")
        show.set_defaults(work=self._show)
        show.add_argument("--json", action="store_true", default=SUPPRESS, help="print one line of JSON")
        export = actions.add_parser("export", help="writes what only a superseded replica has")
        export.set_defaults(work=self._export)
        export.add_argument("prefix", metavar="PREFIX", help="the replica to compare with this box")
        export.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="an empty or new folder")
        export.add_argument(
            "--since", type=moment, metavar="MOMENT", help="only what changed there from then on (RFC 3339)"
        )
        delete = actions.add_parser("delete", help="deletes superseded replicas")
        delete.set_defaults(work=self._delete)
        which = delete.add_mutually_exclusive_group(required=True)
        which.add_argument("prefix", nargs="?", default="", metavar="PREFIX", help="the one to delete")
        which.add_argument("--older", action="store_true", help="every one that may go")
        delete.add_argument("--unknown-too", action="store_true", help="also what `current` does not know")
        delete.add_argument("--dry-run", action="store_true", help="say what would be deleted, and stop")
        delete.add_argument("--yes", action="store_true", help="ask nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            options["work"](options)
        except (ReplicationError, TransferError) as error:
            raise CommandError(str(error)) from error

    def _show(self, options: dict[str, Any]) -> None:
        found = replicas.gather(self._report)
        if options["json"]:
            self.stdout.write(json.dumps([replica_table.values(one) for one in found.prefixes]))
        elif found.prefixes:
            lines = [*replica_table.lines(found.prefixes), *replica_table.advice(found.prefixes)]
            self.stdout.write("\n".join(lines))
        else:
            self.stdout.write("The bucket holds no replica.")
        if found.complaint:
            raise CommandError(found.complaint)

    def _export(self, options: dict[str, Any]) -> None:
        made = replica_export.export(
            options["prefix"], options["to"], since=options["since"], report=self._report
        )
        self.stdout.write("\n".join(made.lines[:_MOST_LINES]))
        if len(made.lines) > _MOST_LINES:
            self.stdout.write(f"... and {len(made.lines) - _MOST_LINES:,} lines more.")
        self.stdout.write(f"The report is {options['to'] / replica_export.REPORT}. Nothing else was changed.")

    def _delete(self, options: dict[str, Any]) -> None:
        known = replicas.named(reason="Old replicas are deleted there.")
        found = replicas.gather(self._report)
        now, unknown_too = datetime.now(UTC), options["unknown_too"]
        meant = replicas.deletable(found, options["prefix"], now, unknown_too=unknown_too)
        if not meant:
            kept = replicas.kept_because(found.prefixes, now)
            self.stdout.write("\n".join(["No replica may be deleted yet.", *kept]))
        for prefix in meant:
            what = f"{prefix.name}: {prefix.objects:,} objects, {replica_table.size_of(prefix)}"
            if options["dry_run"]:
                self.stdout.write(f"Would delete {what}.")
                continue
            if not options["yes"]:
                self._ask(prefix, what)
            letting_go.delete(box.bucket(), prefix, known, report=self._report)
            self.stdout.write(f"Deleted {what}.")

    def _ask(self, prefix: Prefix, what: str) -> None:
        self.stdout.write(f"{what}. To delete it for good, type {prefix.box_id}: ", ending="")
        self.stdout.flush()
        if sys.stdin.readline().strip() != prefix.box_id:
            raise CommandError(
                f"{prefix.name} was not deleted: {prefix.box_id} was not typed (or say --yes)."
            )

    def _report(self, line: str) -> None:
        self.stderr.write(line)
