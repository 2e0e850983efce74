"""E-mail addresses in a text that somebody pasted, one a line or several, with names or without."""

import re

from bearblog.domain.newsletter.errors import NewsletterError

MOST_ADDRESSES = 10_000

_IN_BRACKETS = re.compile(r"<([^<>\s]+)>")
_BETWEEN = re.compile(r"[\s,;]+")


def addresses_in(text: str) -> list[str]:
    """The addresses as they are written, unchecked. Raises NewsletterError for none, or too many."""
    found = [address for line in text.splitlines() for address in _of_line(line)]
    if not found:
        raise NewsletterError("Give at least one e-mail address.", "emails")
    if len(found) > MOST_ADDRESSES:
        raise NewsletterError(
            f"These are {len(found):,} addresses; at most {MOST_ADDRESSES:,} go in at once.", "emails"
        )
    return found


def _of_line(line: str) -> list[str]:
    in_brackets = _IN_BRACKETS.findall(line)
    bare = [part for part in _BETWEEN.split(_IN_BRACKETS.sub(" ", line)) if part]
    # Beside an address in brackets stands a name; only what has an @ is another address.
    return [*in_brackets, *(part for part in bare if "@" in part or not in_brackets)]
