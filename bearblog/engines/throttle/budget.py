"""How often a thing may happen in a stretch of time, kept in the cache under a keyed hash of its name."""

import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac

_SALT = "bearblog.throttle"


def spend(name: str, *, most: int, seconds: int) -> bool:
    """Takes one from the budget of this name; whether there was one left in this stretch of time."""
    stretch = int(time.time()) // seconds
    # Names hold addresses of readers, which are written down nowhere.
    key = salted_hmac(_SALT, f"{name} {stretch}", algorithm="sha256").hexdigest()
    spent: int = cache.get(key, 0)
    if spent >= most:
        return False
    cache.set(key, spent + 1, seconds)
    return True
