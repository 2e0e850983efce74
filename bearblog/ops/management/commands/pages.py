"""Shows the finished pages on disk, opens a release's pages to readers, and removes pages."""

import dataclasses
import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Collection
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bearblog.domain.analytics.selectors import page_reads
from bearblog.domain.blogs import selectors, stored_pages
from bearblog.engines.pagecache import figures
from bearblog.ops import page_metrics

_HELP = """Finished pages on disk, which Caddy serves without asking the application.

  bearblog pages                 how many there are, and what they take
  bearblog pages open            lets readers see the pages of this release; done once it has been probed
  bearblog pages clear           removes all pages; each is made anew when it is next read
  bearblog pages clear HOST ...  removes the pages of these hosts, their last good copies among them
  bearblog pages metrics         the figures as Prometheus reads them"""


class Command(BaseCommand):
    help = _HELP
    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> Any:
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **options
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", nargs="?", default="show", choices=("show", "open", "clear", "metrics"))
        parser.add_argument("hosts", nargs="*", metavar="HOST", help="hosts whose pages to remove")
        parser.add_argument("--json", action="store_true", help="print the figures as one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        action, hosts = options["action"], options["hosts"]
        if hosts and action != "clear":
            raise CommandError(f"Only `clear` takes hosts; `{action}` concerns all pages.")
        actions: dict[str, Callable[[], str]] = {
            "show": lambda: _show(as_json=options["json"]),
            "open": lambda: json.dumps({"moved": stored_pages.open_pages()}),
            "clear": lambda: _clear(hosts),
            "metrics": lambda: page_metrics.text(figures.gather(stored_pages.pages()), _reads()),
        }
        try:
            self.stdout.write(actions[action]())
        except OSError as error:
            raise CommandError(f"{settings.CACHE_DIR} cannot be read or written: {error}.") from error


def _show(*, as_json: bool) -> str:
    found, reads = figures.gather(stored_pages.pages()), _reads()
    if as_json:
        more = {"is_current": found.current == found.key, "reads": reads}
        return json.dumps(dataclasses.asdict(found) | more)
    seen = "this one" if found.current == found.key else found.current or "none"
    rows: dict[str, object] = {
        "key": found.key,
        "readers see": seen,
        "sites": f"{found.sites:,}",
        "pages": f"{found.pages:,}",
        "last copies": f"{found.last_copies:,}",
        "files": f"{found.files:,} of at most {settings.PAGES_MOST_FILES:,}",
        "size": f"{_megabytes(found.bytes)} of at most {_megabytes(settings.PAGES_MOST_BYTES)}",
        "read": "not counted" if reads is None else f"{reads:,}",
        "made": f"{found.renders:,}",
        "found made": f"{found.found:,}",
        "stored": f"{found.stored:,}",
        "written": _megabytes(found.written),
    }
    return "\n".join(f"{name:<12} {value}" for name, value in rows.items())


def _reads() -> int | None:
    """How many pages readers were given, as the web server's log tells; None where it is not read."""
    return page_reads() if settings.ACCESS_LOG else None


def _clear(hosts: Collection[str]) -> str:
    for host in hosts:
        if host != settings.MAIN_HOST and not selectors.is_host_in_use(host):
            raise CommandError(f"No site of this box answers at “{host}”. Nothing was removed.")
    return f"{stored_pages.clear(hosts or None):,} pages were removed."


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:,.1f} MB"
