"""Countries, where the operator supplied a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from bearblog.domain.analytics import country
from tests.bearblog.domain.analytics.country_file import write_country_file


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    country._reader.cache_clear()
    yield
    country._reader.cache_clear()


def test_the_file_knows_the_country_of_an_address(tmp_path: Path, settings: Settings) -> None:
    write_country_file(tmp_path / "countries.mmdb", "DE")
    settings.COUNTRY_DATABASE = str(tmp_path / "countries.mmdb")
    assert country.code_of("84.0.113.9") == "DE"
    assert country.code_of("203.0.113.9") == ""
    assert country.code_of("2001:db8::1") == ""


def test_without_a_file_nothing_is_known(settings: Settings) -> None:
    settings.COUNTRY_DATABASE = ""
    assert country.code_of("84.0.113.9") == ""


@pytest.mark.parametrize("content", [None, b"no such thing"])
def test_a_file_that_cannot_be_read_is_said_once(
    tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture, content: bytes | None
) -> None:
    file = tmp_path / "countries.mmdb"
    if content is not None:
        file.write_bytes(content)
    settings.COUNTRY_DATABASE = str(file)
    assert country.code_of("84.0.113.9") == country.code_of("84.0.113.10") == ""
    assert caplog.text.count("cannot be read") == 1
