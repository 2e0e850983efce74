"""The CSV file of a blog's subscribers."""

import csv
import io
from datetime import datetime

from bearblog.domain.transfer.records import SubscriberLine
from bearblog.lib.spreadsheets import original

MOST = 200_000


def read(text: str) -> list[SubscriberLine]:
    """Each subscriber; lines that cannot be read are left out."""
    rows = csv.DictReader(io.StringIO(text, newline=""), restval="")
    found: list[SubscriberLine] = []
    for row in rows:
        email, subscribed = original(row.get("email address", "")), _moment(row.get("subscribed date", ""))
        if email and subscribed and len(found) < MOST:
            found.append((email, subscribed, _moment(row.get("confirmed date", ""))))
    return found


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
