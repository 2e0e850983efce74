"""A past that staff look at: asked for, fetched by the worker, open for an hour, closed. One at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.transfer import past_files
from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.models import Opening

HOURS_OPEN = 1
_LIVE = (Opening.State.ASKED, Opening.State.FETCHING, Opening.State.OPEN, Opening.State.BRINGING)
_RESTARTED = (
    "The worker was started anew, so this past is closed. What was being brought back is back whole, or not "
    "at all: open the moment again to see."
)


@dataclass(frozen=True)
class Wished:
    """What staff want back; the owner is the address of whoever takes a blog that is gone with its owner."""

    names: tuple[str, ...]
    as_published: bool = False
    with_subscribers: bool = False
    owner: str = ""


def newest() -> Opening | None:
    """What was asked for last, or None."""
    return Opening.objects.select_related("asked_by").first()


def next_for_worker() -> Opening | None:
    """What the worker has to carry out next, or None."""
    return Opening.objects.filter(state__in=(Opening.State.ASKED, Opening.State.BRINGING)).last()


@transaction.atomic
def ask_for_past(*, moment: datetime, blog_name: str, by: User) -> Opening:
    """The line for the worker. Raises TransferError."""
    if moment > timezone.now():
        raise TransferError("This moment lies in the future.", "moment")
    name = blog_name.strip().lower()
    if not name or len(name) > 63:
        raise TransferError("Say which blog, by its name under the blogs' domain.", "blog")
    live = Opening.objects.filter(state__in=_LIVE).first()
    if live is not None:
        raise TransferError(f"A past is open already: {live}. Close it first.")
    return Opening.objects.create(moment=moment, blog_name=name, asked_by=by)


@transaction.atomic
def ask_to_bring_back(*, opening: Opening, wished: Wished, by: User) -> None:
    """Leaves it to the worker to bring this back. Raises TransferError where the past is not open."""
    if not wished.names:
        raise TransferError("Choose what to bring back.")
    found = Opening.objects.filter(pk=opening.pk, state=Opening.State.OPEN)
    wishes = {
        "names": list(wished.names),
        "as_published": wished.as_published,
        "with_subscribers": wished.with_subscribers,
        "owner": wished.owner,
    }
    fields = {"wished": wishes, "wished_by": by, "said": [], "used_at": timezone.now()}
    if not found.update(state=Opening.State.BRINGING, **fields):
        raise TransferError("This past is not open any more. Open it again.")


def wished_of(opening: Opening) -> Wished:
    """What is to be brought back of it."""
    return Wished(**{**opening.wished, "names": tuple(opening.wished["names"])})


@transaction.atomic
def close_past(*, opening: Opening, said: Sequence[str] = ()) -> None:
    """Lets go of the past, for the reasons said."""
    Opening.objects.filter(pk=opening.pk).update(state=Opening.State.CLOSED, said=list(said))
    past_files.remove(file_of(opening))


@transaction.atomic
def note_state(*, opening: Opening, state: Opening.State, said: Sequence[str] = ()) -> bool:
    """Whether the past is still wanted; how far it is stands in its line then."""
    live = Opening.objects.filter(pk=opening.pk, state__in=_LIVE)
    return bool(live.update(state=state, said=list(said), used_at=timezone.now()))


def close_old() -> None:
    """Closes what nobody has used for an hour."""
    before = timezone.now() - timedelta(hours=HOURS_OPEN)
    for opening in Opening.objects.filter(state=Opening.State.OPEN, used_at__lt=before):
        close_past(opening=opening, said=["It was open for an hour, and is closed."])


def close_all() -> None:
    """Closes what a worker that is gone had opened or begun, and removes every file."""
    begun = [state for state in _LIVE if state != Opening.State.ASKED]
    for opening in Opening.objects.filter(state__in=begun):
        close_past(opening=opening, said=[_RESTARTED])
    past_files.remove_opened()


def file_of(opening: Opening) -> Path:
    """Where the past lies while it is open."""
    return past_files.file_of_page(opening.pk)
