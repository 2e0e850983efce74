"""Carries out what staff ask of the past: fetches a moment, brings back what they chose, lets go of it."""

import logging
from functools import partial

from bearblog.domain.transfer import openings, past_files
from bearblog.domain.transfer.bringing_back import Wishes
from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.models import Opening
from bearblog.domain.transfer.openings import Wished
from bearblog.domain.transfer.past_differences import find_past_blog
from bearblog.domain.transfer.past_files import opened_past
from bearblog.domain.transfer.services import Brought, bring_back
from bearblog.engines.replication.errors import ReplicationError
from bearblog.lib.refusal import Refusal
from bearblog.ops import past, past_report

logger = logging.getLogger(__name__)

_FAILED = "This went wrong, and nothing was changed; `journalctl -u bearblog-worker` says how."


def serve() -> None:
    """Does what is asked for next, if anything is."""
    openings.close_old()
    opening = openings.next_for_worker()
    if opening is None:
        return
    work = _open if opening.state == Opening.State.ASKED else _bring_back
    try:
        work(opening)
    except (ReplicationError, Refusal) as error:
        openings.close_past(opening=opening, said=[str(error)])
    except Exception:
        openings.close_past(opening=opening, said=[_FAILED])
        raise


def _open(opening: Opening) -> None:
    with past_files.turn():
        file = openings.file_of(opening)
        past.fetch(file, opening.moment, partial(_report, opening))
        with opened_past(file) as opened:
            find_past_blog(opened, opening.blog_name)
    if not openings.note_state(opening=opening, state=Opening.State.OPEN):
        past_files.remove(file)


def _report(opening: Opening, line: str) -> None:
    if not openings.note_state(opening=opening, state=Opening.State.FETCHING, said=[line]):
        raise TransferError("It was closed before it was open.")


def _bring_back(opening: Opening) -> None:
    try:
        brought = _carry_out(opening, openings.wished_of(opening))
    except (ReplicationError, Refusal) as error:
        said = [f"Nothing came back. {error}"]
    else:
        said = past_report.told(brought)
        logger.info("Brought back from %s: %s", opening, said[0])
    openings.note_state(opening=opening, state=Opening.State.OPEN, said=said)


def _carry_out(opening: Opening, wished: Wished) -> Brought:
    past.refuse_if_replaced()
    owner = past.find_owner(wished.owner)
    wishes = Wishes(frozenset(wished.names), opening.wished_by, wished.as_published, owner)
    with opened_past(openings.file_of(opening)) as opened:
        return bring_back(
            past=opened,
            then=find_past_blog(opened, opening.blog_name),
            wishes=wishes,
            fetch=past.media_fetcher(),
            take_subscribers=past.take_subscribers if wished.with_subscribers else None,
        )
