"""Makes a record of what a file says of a post. What cannot be read is left out, and said."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TypeVar

from bearblog.domain.posts import checks
from bearblog.domain.posts.addresses import unreserved
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.header import UNTITLED
from bearblog.domain.transfer.records import PostRecord, key_of
from bearblog.lib import plain_text, slugs

T = TypeVar("T")
Values = Mapping[str, str | list[str]]

_TRUE = ("true", "yes", "1")


def record_of(values: Values, text: str, *, source: str, identifier: str, zone: tzinfo) -> PostRecord:
    """The post as the file says it; the identifier stands for a missing uid.

    Raises PostError where even its text cannot be kept.
    """
    return _Reading(values, zone).record(text, source, identifier)


class _Reading:
    """One post's values, and what could not be read so far."""

    def __init__(self, values: Values, zone: tzinfo) -> None:
        self._values = {key.replace(" ", "_"): value for key, value in values.items()}
        self._zone = zone
        self._problems: list[str] = []

    def record(self, text: str, source: str, identifier: str) -> PostRecord:
        is_published, published_at = self._publication()
        title = self._take("title", checks.check_title, UNTITLED) or UNTITLED
        slug = unreserved(slugs.make_path(self._text("slug") or self._text("link")))
        return PostRecord(
            key=key_of(self._text("uid") or identifier),
            source=source,
            title=title,
            slug=slug,
            text=checks.check_text(text),
            is_page=self._truth("is_page"),
            is_published=is_published,
            published_at=published_at,
            first_published_at=self._moment("first_published_at"),
            created_at=self._moment("created_at"),
            updated_at=self._moment("updated_at"),
            tags=self._tags(),
            alias=self._take("alias", checks.check_alias, ""),
            former_slugs=self._former_slugs(),
            canonical_url=self._take("canonical_url", checks.check_canonical_url, ""),
            meta_description=self._take("meta_description", checks.check_description, ""),
            meta_image=self._take("meta_image", checks.check_image, ""),
            language=self._take("lang", checks.check_language, ""),
            class_name=slugs.make_name(self._text("class_name")),
            is_discoverable=self._truth("make_discoverable", otherwise=True),
            problems=tuple(self._problems),
        )

    def _publication(self) -> tuple[bool, datetime | None]:
        wants = self._truth("publish")
        date = self._moment("published_date")
        if wants and date is None:
            date = self._moment("first_published_at")
        if wants and date is None:
            # Never "now": a date that cannot be read publishes nothing.
            self._problems.append("It has no date that can be read, so it becomes a draft.")
        return wants and date is not None, date

    def _text(self, name: str) -> str:
        value = self._values.get(name, "")
        return value if isinstance(value, str) else ", ".join(value)

    def _several(self, name: str) -> Sequence[str]:
        value = self._values.get(name, "")
        return value.split(",") if isinstance(value, str) else value

    def _truth(self, name: str, *, otherwise: bool = False) -> bool:
        value = self._text(name).strip().lower()
        return value in _TRUE if value else otherwise

    def _take(self, name: str, check: Callable[[str], T], otherwise: T) -> T:
        value = self._text(name)
        if not value.strip():
            return otherwise
        try:
            return check(value)
        except PostError as error:
            self._problems.append(f"{name}: {error.sentence}")
            return otherwise

    def _tags(self) -> tuple[str, ...]:
        names = self._values.get("tags") or self._values.get("all_tags") or ""
        try:
            return checks.check_tags([names] if isinstance(names, str) else names)
        except PostError as error:
            self._problems.append(f"tags: {error.sentence}")
            return ()

    def _former_slugs(self) -> tuple[str, ...]:
        found = (
            slugs.normal(plain_text.one_line(one)).strip("/") for one in self._several("former_addresses")
        )
        return tuple(dict.fromkeys(one for one in found if one and len(one.encode()) <= slugs.MAX_BYTES))

    def _moment(self, name: str) -> datetime | None:
        value = self._text(name).strip()
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value.replace("/", "-"))
        except ValueError:
            self._problems.append(f"{name}: “{value[:40]}” is no date that can be read.")
            return None
        if not 1000 <= moment.year <= 9998:
            self._problems.append(f"{name}: the year {moment.year} is out of range.")
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=self._zone)
