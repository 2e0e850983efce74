"""The doctor's lines on certificates."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from bearblog.engines.vitals.findings import Grade
from bearblog.ops import examine_certificates
from bearblog.ops.survey import Certificate


@pytest.fixture(autouse=True)
def main_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MAIN_HOST", "blog.example.org")


def certificate(name: str, *, age: float = 1, life: float = 90, public: bool = True) -> Certificate:
    begin = datetime.now(UTC) - timedelta(days=age)
    return Certificate(name, begin, begin + timedelta(days=life), public)


def test_certificates_that_hold_are_well() -> None:
    finding = examine_certificates.validity(
        [certificate("blog.example.org"), certificate("alice.example.org")]
    )
    assert (finding.grade, finding.sentence) == (
        Grade.OK,
        "That of blog.example.org holds for 88 days; 1 others hold too.",
    )


def test_the_newest_of_a_name_counts() -> None:
    old = certificate("blog.example.org", age=100)
    assert examine_certificates.validity([certificate("blog.example.org"), old]).grade is Grade.OK


def test_a_main_host_without_a_certificate_is_told() -> None:
    finding = examine_certificates.validity([certificate("alice.example.org")])
    assert (finding.grade, finding.sentence) == (
        Grade.FAIL,
        "There is no certificate for blog.example.org.",
    )


@pytest.mark.parametrize(
    ("age", "words"),
    [(80, "holds for 9 days and is not renewed."), (91, "That of blog.example.org has ended.")],
)
def test_one_that_was_not_renewed_is_told(age: float, words: str) -> None:
    finding = examine_certificates.validity([certificate("blog.example.org", age=age)])
    assert finding.grade is Grade.FAIL
    assert finding.sentence.endswith(words)


def test_one_of_the_boxs_own_authority_lives_half_a_day_and_is_well() -> None:
    own = certificate("blog.example.org", age=0.1, life=0.5, public=False)
    finding = examine_certificates.validity([own])
    assert finding.grade is Grade.OK
    assert "holds for 10 hours" in finding.sentence


def test_another_that_has_ended_is_warned_of() -> None:
    found = [certificate("blog.example.org"), certificate("bob.example.net", age=99)]
    finding = examine_certificates.validity(found)
    assert finding.grade is Grade.WARNING
    assert "1 of 1 others have ended, such as that of bob.example.net" in finding.sentence
    assert "https://bob.example.net/" in finding.mend


def issued(count: int, domain: str) -> list[Certificate]:
    return [certificate(f"blog{number}.{domain}") for number in range(count)]


def test_a_quiet_week_is_well() -> None:
    old, own = certificate("a.example.org", age=8), certificate("b.example.org", public=False)
    assert "No public authority" in examine_certificates.issued([old, own]).sentence
    finding = examine_certificates.issued(issued(3, "example.co.uk") + issued(2, "other.co.uk"))
    assert finding.grade is Grade.OK
    assert finding.sentence.startswith("5 were issued this week, 3 of them for example.co.uk;")


@pytest.mark.parametrize(("count", "grade"), [(39, Grade.OK), (40, Grade.WARNING), (50, Grade.FAIL)])
def test_a_domain_near_the_limit_of_authorities_is_told(count: int, grade: Grade) -> None:
    assert examine_certificates.issued(issued(count, "example.org")).grade is grade
