"""What of a log record is noted: the place, and no word that somebody typed."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bearblog.engines.alarms import spool
from bearblog.engines.alarms.handler import SpoolHandler
from bearblog.engines.alarms.spool import Spotted
from bearblog.lib import slugs

SECRET = "words of an author"


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[logging.Logger]:
    yield from _logger("bearblog.ops.something", tmp_path)


@pytest.fixture
def djangos(tmp_path: Path) -> Iterator[logging.Logger]:
    yield from _logger("django.request", tmp_path)


def _logger(name: str, folder: Path) -> Iterator[logging.Logger]:
    handler = SpoolHandler(folder, package="bearblog")
    logger = logging.Logger(name)  # noqa: LOG001 - one that nobody else hears
    logger.addHandler(handler)
    yield logger
    handler.close()


def only(folder: Path) -> Spotted:
    [spotted] = spool.take(folder)
    assert SECRET not in spotted.place + spotted.sentence
    return spotted


def test_an_exception_is_its_kind_and_our_last_line(djangos: logging.Logger, tmp_path: Path) -> None:
    try:
        slugs.make_slug(None)  # type: ignore[arg-type]
    except (TypeError, AttributeError) as error:
        kind = type(error).__name__
        djangos.exception("Internal Server Error: %s", f"/{SECRET}/")
    spotted = only(tmp_path)
    assert spotted.sentence.startswith(f"{kind} at bearblog.lib.slugs:")
    assert "django.request" in spotted.place


def test_the_same_line_is_the_same_place_and_another_is_not(ours: logging.Logger, tmp_path: Path) -> None:
    for words in ("a", "b"):
        ours.error("It failed: %s", words)
    ours.error("It failed: %s", "c")
    first, second, third = spool.take(tmp_path)
    assert first.place == second.place != third.place


def test_our_own_words_are_told_without_what_is_filled_in(ours: logging.Logger, tmp_path: Path) -> None:
    ours.error("The page %s of %d is wrong", SECRET, 7)
    assert only(tmp_path).sentence.startswith("The page … of … is wrong at bearblog.ops.something (")


def test_of_others_not_even_the_words(djangos: logging.Logger, tmp_path: Path) -> None:
    djangos.error(SECRET, extra={"status_code": 503})
    assert only(tmp_path).sentence.startswith("An answer with the status 503 at django.request (")


def test_a_warning_is_none_of_its_business(ours: logging.Logger, tmp_path: Path) -> None:
    ours.warning("Never mind")
    assert spool.take(tmp_path) == []


def test_a_folder_that_cannot_be_written_fails_nobody(ours: logging.Logger, tmp_path: Path) -> None:
    (tmp_path / spool.FILE_NAME).mkdir()
    ours.error("It failed")
    assert list((tmp_path / spool.FILE_NAME).iterdir()) == []
