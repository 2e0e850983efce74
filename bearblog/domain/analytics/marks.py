"""Marks: numbers by which somebody is known to have been counted already, until the day is forgotten."""

import functools
import hashlib
from datetime import date, timedelta

# From its highest bit to its lowest a mark is a day, a reader and a place: what is stored for one reader lies
# together. Of 10,000 readers one may be taken for another of the day. The days fit until 2109.
_EPOCH = date(2020, 1, 1)
_READER_BITS = 33
_PLACE_BITS = 15
_HASH_BYTES = 8


def first_mark(day: date) -> int:
    """The least mark of a day; all of its marks lie before the next day's first."""
    return (day - _EPOCH) // timedelta(days=1) << (_READER_BITS + _PLACE_BITS)


def reader_mark(day: date, salt: bytes, *who: str) -> int:
    """The day's mark of a reader; without the salt nobody can tell who it is."""
    return first_mark(day) | _hash(salt, "\n".join(who), _READER_BITS) << _PLACE_BITS


def place_mark(reader: int, salt: bytes, place: str) -> int:
    """The mark of that reader at one place; never the reader's own."""
    return reader | _place(salt, place)


@functools.lru_cache(maxsize=4096)
def _place(salt: bytes, place: str) -> int:
    return _hash(salt, place, _PLACE_BITS) or 1


def _hash(salt: bytes, text: str, bits: int) -> int:
    hashed = hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=_HASH_BYTES, key=salt).digest()
    return int.from_bytes(hashed) >> (_HASH_BYTES * 8 - bits)
