"""A missing or wrong value stops the start and names itself."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from bearblog import env


@pytest.fixture
def value(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("BEARBLOG_THING", raising=False)
    return monkeypatch


def test_values_are_read_by_their_kind(value: pytest.MonkeyPatch) -> None:
    value.setenv("BEARBLOG_THING", " Example.ORG ")
    assert env.text("THING") == "Example.ORG"
    assert env.host("THING") == "example.org"
    value.setenv("BEARBLOG_THING", "True")
    assert env.boolean("THING", default=False)
    value.setenv("BEARBLOG_THING", "12")
    assert env.integer("THING", default=1, least=1, most=12) == 12
    value.setenv("BEARBLOG_THING", "/srv/data")
    assert env.path("THING") == Path("/srv/data")
    value.setenv("BEARBLOG_THING", "open")
    assert env.choice("THING", default="closed", choices=("open", "closed")) == "open"


def test_defaults_stand_in(value: pytest.MonkeyPatch) -> None:
    assert env.text("THING", "a") == "a"
    assert not env.boolean("THING", default=False)
    assert env.integer("THING", default=3, least=1, most=5) == 3


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("", None),
        ("192.0.2.1", ("192.0.2.1", 53)),
        ("192.0.2.1:5353", ("192.0.2.1", 5353)),
        ("2001:db8::1", ("2001:db8::1", 53)),
        ("[2001:db8::1]:5353", ("2001:db8::1", 5353)),
    ],
)
def test_a_server_has_an_address_and_a_port(
    value: pytest.MonkeyPatch, typed: str, address: tuple[str, int] | None
) -> None:
    value.setenv("BEARBLOG_THING", typed)
    assert env.server("THING", port=53) == address


@pytest.mark.parametrize("typed", ["dns.example.org", "192.0.2.1:x", "192.0.2.1:", ":53"])
def test_a_wrong_server_names_itself(value: pytest.MonkeyPatch, typed: str) -> None:
    value.setenv("BEARBLOG_THING", typed)
    with pytest.raises(ImproperlyConfigured, match="BEARBLOG_THING"):
        env.server("THING", port=53)


def test_a_missing_value_names_itself(value: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="BEARBLOG_THING is not set"):
        env.text("THING")


@pytest.mark.parametrize("typed", ["yes", "1", ""])
def test_a_wrong_truth_names_itself(value: pytest.MonkeyPatch, typed: str) -> None:
    value.setenv("BEARBLOG_THING", typed)
    with pytest.raises(ImproperlyConfigured, match="BEARBLOG_THING .* must be true or false"):
        env.boolean("THING", default=False)


@pytest.mark.parametrize("typed", ["", "x", "-1", "1.5", "0", "13", "\u0663"])
def test_a_wrong_number_names_itself(value: pytest.MonkeyPatch, typed: str) -> None:
    value.setenv("BEARBLOG_THING", typed)
    with pytest.raises(ImproperlyConfigured, match="BEARBLOG_THING .* whole number from 1 to 12"):
        env.integer("THING", default=1, least=1, most=12)


@pytest.mark.parametrize("typed", ["", "localhost", "https://a.org", "a..b", ".."])
def test_a_wrong_host_names_itself(value: pytest.MonkeyPatch, typed: str) -> None:
    value.setenv("BEARBLOG_THING", typed)
    with pytest.raises(ImproperlyConfigured, match="BEARBLOG_THING .* host name"):
        env.host("THING")


def test_a_wrong_choice_or_path_names_itself(value: pytest.MonkeyPatch) -> None:
    value.setenv("BEARBLOG_THING", "some/where")
    with pytest.raises(ImproperlyConfigured, match="BEARBLOG_THING .* one of a, b"):
        env.choice("THING", default="a", choices=("a", "b"))
    with pytest.raises(ImproperlyConfigured, match="BEARBLOG_THING .* absolute path"):
        env.path("THING")


def test_a_secret_comes_from_its_credential_or_file(value: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "thing").write_text("hidden\n", encoding="utf-8")
    value.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert env.secret("thing") == "hidden"
    (tmp_path / "other").write_text("named", encoding="utf-8")
    value.setenv("BEARBLOG_THING_FILE", str(tmp_path / "other"))
    assert env.secret("thing") == "named"


def test_a_secret_in_the_environment_is_not_taken(value: pytest.MonkeyPatch) -> None:
    value.delenv("CREDENTIALS_DIRECTORY", raising=False)
    value.setenv("BEARBLOG_THING", "hidden")
    with pytest.raises(ImproperlyConfigured, match="no credential 'thing'"):
        env.secret("thing")


def test_an_empty_or_missing_secret_names_itself(value: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "thing").write_text(" \n", encoding="utf-8")
    value.setenv("BEARBLOG_THING_FILE", str(tmp_path / "thing"))
    with pytest.raises(ImproperlyConfigured, match="'thing' .* is empty"):
        env.secret("thing")
    value.setenv("BEARBLOG_THING_FILE", str(tmp_path / "absent"))
    with pytest.raises(ImproperlyConfigured, match="'thing' cannot be read"):
        env.secret("thing")
