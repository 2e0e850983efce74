"""Clean HTML by the text that it was made of, so that each text is rendered once and not once a page.

Kept is what the text alone decides: directives and pictures take their places at each rendering. The store
may be locked, full, broken or deleted at any moment; a text is then rendered again.
"""

import logging
import pickle
import time
import zlib

from django.core.cache import caches
from django.db import DatabaseError, connections
from django.db.backends.utils import CursorWrapper
from django.utils import translation
from django.utils.crypto import salted_hmac

from bearblog.engines.rendering.recipe import RECIPE

logger = logging.getLogger(__name__)

_SALT = "bearblog.rendering"
# The name of the cache, of its database and of its table there.
_STORE = "rendered"
# A shorter text is rendered as quickly as it is looked up.
_LEAST_CHARACTERS = 40
# HTML packs to a third at the quickest level, which takes less time than writing the rest.
_LEVEL = 1

# A few at once: whoever writes meanwhile waits for milliseconds.
_DROP = """
    DELETE FROM rendered WHERE cache_key IN
    (SELECT cache_key FROM rendered WHERE expires < %s ORDER BY expires LIMIT 500)
"""
_STAMP, _FAR = "%Y-%m-%d %H:%M:%S", "9999"
_FILL = """
    SELECT page_count, freelist_count, max_page_count
    FROM pragma_page_count, pragma_freelist_count, pragma_max_page_count
"""
_NEARLY = 0.75
# What a file that was damaged can hold.
_UNREADABLE = (DatabaseError, pickle.PickleError, EOFError, ValueError, zlib.error)


def name_of(text: str, *, trusted: bool) -> str:
    """64 letters that stand for the HTML of this text in the language spoken now; no author knows them."""
    made_of = f"{RECIPE} {translation.get_language()} {trusted:d} {text}"
    return salted_hmac(_SALT, made_of, algorithm="sha256").hexdigest()


def is_worth_it(text: str) -> bool:
    """Whether looking the text up takes less time than rendering it."""
    return len(text) >= _LEAST_CHARACTERS


def read(name: str) -> str | None:
    """The HTML kept under the name, or None."""
    try:
        packed = caches[_STORE].get(name)
        return None if packed is None else zlib.decompress(packed).decode()
    except _UNREADABLE as error:
        logger.warning("What was rendered could not be read: %s", error)
        return None


def keep(name: str, html: str) -> None:
    """Keeps the HTML under the name for a month, or less where there is no room."""
    try:
        caches[_STORE].set(name, zlib.compress(html.encode(), _LEVEL))
    except DatabaseError as error:
        logger.warning("What was rendered could not be kept: %s", error)


def sweep() -> None:
    """Lets go of what has run out, and of the oldest while the store is nearly full. Raises DatabaseError."""
    with connections[_STORE].cursor() as cursor:
        dropped = 1
        while dropped:
            before = _FAR if _is_nearly_full(cursor) else time.strftime(_STAMP, time.gmtime())
            cursor.execute(_DROP, [before])
            dropped = cursor.rowcount


def _is_nearly_full(cursor: CursorWrapper) -> bool:
    cursor.execute(_FILL)
    pages, free, most = cursor.fetchone()
    return bool(pages - free > most * _NEARLY)
