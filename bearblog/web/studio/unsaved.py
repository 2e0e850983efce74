"""What somebody typed and never saved, as the editor offers it."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import writing
from bearblog.domain.blogs.models import Autosave, Blog
from bearblog.lib import header_lines, row_numbers
from bearblog.web.studio.post_sheet import new_address, read_key
from bearblog.web.studio.sheets import Sheet

MOST_OFFERED = 20


@dataclass(frozen=True)
class NewText:
    """A text that was begun and never saved, and where the editor opens it."""

    address: str
    title: str
    saved_at: datetime


def offered(user: User, sheet: Sheet) -> Autosave | None:
    """The person's newest unsaved text for the sheet, where it says something else; or None."""
    newest = writing.newest_autosave(sheet.blog, user, sheet.subject)
    if newest is None or sheet.says(newest.header if sheet.has_header else sheet.header, newest.text):
        return None
    return newest


def find(user: User, blog: Blog, pk: int) -> Autosave | None:
    """The person's unsaved text with this number, or None."""
    return Autosave.objects.filter(blog=blog, user=user, pk=pk).first()


def begun(user: User, blog: Blog, *, is_page: bool = False, other_than: str = "") -> list[NewText]:
    """The person's new texts that were never saved, other than the one of this subject, newest first."""
    kept = writing.unsaved_new_texts(blog, user).exclude(subject=other_than)
    return [found for row in kept[:MOST_OFFERED] if (found := _new_text(blog, row, is_page=is_page))]


def discard(user: User, blog: Blog, subjects: tuple[str, ...], device: uuid.UUID | None) -> None:
    """Forgets what this device kept of what is saved now; what other devices kept stays offered."""
    for subject in set(subjects) if device else ():
        writing.discard_autosaves(blog=blog, user=user, subject=subject, device=device)


def name_of(kept: Autosave) -> str:
    """What stands for the unsaved text as it is now; once more is typed into it, nothing does."""
    return f"{kept.pk} {kept.saved_at.isoformat()}"


def discard_taken(user: User, blog: Blog, name: str) -> None:
    """Forgets the unsaved text of this name, unless more was typed into it since."""
    number = row_numbers.read(name.partition(" ")[0])
    kept = find(user, blog, number) if number else None
    if kept is not None and name_of(kept) == name:
        kept.delete()


def _new_text(blog: Blog, row: Autosave, *, is_page: bool) -> NewText | None:
    key = read_key(row.subject.removeprefix(writing.NEW_PREFIX))
    if key is None:
        return None
    title = header_lines.split(row.header, ["title"]).value("title") or row.text.strip()[:60]
    return NewText(new_address(blog, key, is_page=is_page), title, row.saved_at)
