"""Names of countries."""

from bearblog.lib.countries import name_of


def test_a_code_has_a_name() -> None:
    assert name_of("DE") == "Germany"
    assert name_of("gb") == "United Kingdom"
    assert name_of("ZW") == "Zimbabwe"


def test_an_unknown_code_stays_itself() -> None:
    assert name_of("ZZ") == "ZZ"
