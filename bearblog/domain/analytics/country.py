"""Which country an address belongs to, by the offline file that an operator may supply."""

import functools
import logging

import maxminddb
from django.conf import settings

logger = logging.getLogger(__name__)


def code_of(address: str) -> str:
    """The country's two letters, or an empty text where there is no file or the file does not know."""
    reader = _reader(settings.COUNTRY_DATABASE)
    try:
        found = reader.get(address) if reader else None
    except ValueError:
        # Some files know IPv4 only.
        return ""
    country = found.get("country") if isinstance(found, dict) else None
    code = country.get("iso_code") if isinstance(country, dict) else None
    return code if isinstance(code, str) else ""


@functools.lru_cache(maxsize=1)
def _reader(path: str) -> maxminddb.Reader | None:
    if not path:
        return None
    try:
        return maxminddb.open_database(path)
    except (OSError, maxminddb.InvalidDatabaseError) as error:
        logger.warning("The country database %s cannot be read, so no country is counted: %s", path, error)
        return None
