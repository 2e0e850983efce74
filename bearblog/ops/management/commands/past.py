"""Shows a blog as it was at a moment beside what it is today, and brings back what is chosen."""

import json
import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bearblog.domain.moderation.audit import name_of_blog, note_down
from bearblog.domain.transfer import past_files
from bearblog.domain.transfer.bringing_back import Wishes
from bearblog.domain.transfer.other_database import OtherDatabase
from bearblog.domain.transfer.past_differences import (
    Comparison,
    compare_blog,
    find_past_blog,
    names_to_bring,
    narrow,
)
from bearblog.domain.transfer.past_files import opened_past
from bearblog.domain.transfer.past_parts import PARTS
from bearblog.domain.transfer.services import Brought, bring_back
from bearblog.engines.replication.errors import ReplicationError
from bearblog.lib.refusal import Refusal
from bearblog.ops import past, past_report
from bearblog.ops.moments import moment


class Command(BaseCommand):
    help = (
        "Shows what of a blog differs from what it was at a moment, and brings back what is chosen. Nothing "
        "becomes public by coming back, unless --published is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("moment", type=moment, help="a moment in the past (RFC 3339)")
        parser.add_argument("--blog", required=True, help="the blog's name, of then or of today")
        parser.add_argument("--diff", action="store_true", help="show both texts of what differs")
        parser.add_argument("--json", action="store_true", help="print one line of JSON")
        parser.add_argument("--bring-back", action="store_true", help="bring back what is chosen")
        parser.add_argument("--everything", action="store_true", help="choose all that was there then")
        parser.add_argument(
            "--post", nargs="+", default=[], metavar="SLUG", help="choose posts and pages by address"
        )
        parser.add_argument(
            "--part", nargs="+", default=[], choices=[part.name for part in PARTS], help="choose parts"
        )
        parser.add_argument(
            "--published", action="store_true", help="publish what was public then, at its date"
        )
        parser.add_argument(
            "--subscribers", action="store_true", help="with a blog that is gone, its subscribers of then"
        )
        parser.add_argument("--owner", metavar="EMAIL", help="who takes a blog that is gone with its owner")

    def handle(self, *args: Any, **options: Any) -> None:
        # A stop must run the clean-up, which removes the file.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped; nothing was changed."))
        chosen = bool(options["post"] or options["part"])
        if options["bring_back"] and chosen == options["everything"]:
            raise CommandError("Say what to bring back: either --post SLUG and --part NAME, or --everything.")
        try:
            with past_files.turn(), past_files.passing_file() as file:
                past.fetch(file, options["moment"], self.stderr.write)
                with opened_past(file) as opened:
                    self.stdout.write(self._carry_out(opened, options))
        except (ReplicationError, Refusal) as error:
            raise CommandError(str(error)) from error

    def _carry_out(self, opened: OtherDatabase, options: dict[str, Any]) -> str:
        whole = compare_blog(opened, find_past_blog(opened, options["blog"]))
        comparison = narrow(whole, slugs=options["post"], parts=options["part"])
        found = past_report.as_json(comparison, with_texts=options["diff"])
        brought = _bring_back(opened, comparison, options) if options["bring_back"] else None
        if options["json"]:
            more = {"brought_back": past_report.brought_as_json(brought)} if brought else {}
            return json.dumps({"moment": options["moment"].isoformat()} | found | more, ensure_ascii=False)
        if brought:
            return "\n".join(past_report.told(brought))
        texts = past_report.differing_texts(comparison, options["moment"]) if options["diff"] else ""
        return f"{past_report.table(comparison)}\n\n{texts}".rstrip()


def _bring_back(opened: OtherDatabase, comparison: Comparison, options: dict[str, Any]) -> Brought | None:
    past.refuse_if_replaced()
    names = names_to_bring(comparison)
    if not names and (options["post"] or options["part"]):
        titles = ", ".join(one.title for one in comparison.differences)
        raise CommandError(f"Not there at that moment, or as it was; so it cannot come back: {titles}.")
    if not names and comparison.blog is not None:
        return None
    owner = past.find_owner(options["owner"])
    wishes = Wishes(names, by=None, as_published=options["published"], owner=owner)
    brought = bring_back(
        past=opened,
        then=comparison.past,
        wishes=wishes,
        fetch=past.media_fetcher(),
        take_subscribers=past.take_subscribers if options["subscribers"] else None,
    )
    note = f"{options['moment']:%Y-%m-%d %H:%M:%S} UTC: {len(names):,} things"
    note_down(actor=None, action="bring back", target=name_of_blog(brought.blog), note=note)
    return brought
