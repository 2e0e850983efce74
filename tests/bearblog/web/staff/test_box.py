"""The box as its operator sees it on the desk: the doctor's report, and 30 days in four charts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from bearblog.domain.accounts.models import User
from bearblog.engines.vitals import findings, hours, report
from bearblog.engines.vitals.findings import Finding
from bearblog.engines.vitals.hours import Traffic
from bearblog.engines.vitals.models import Hour

NOW = datetime(2026, 11, 28, 13, 30, tzinfo=UTC)
THIS = hours.number_of(NOW)
PAGE = "/staff/box/"
GB = 10**9
FOUND = (
    findings.ok("database", "The database is whole."),
    findings.warning("disk", "2.1 GB (9%) are free.", "Make room."),
    findings.fail("canary", "The worker never wrote a canary.", "See that the worker runs."),
    findings.ok("letters", "0 <failed>."),
)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def told(tmp_path: Path, settings: Settings) -> Callable[..., Path]:
    """Writes a report of so many minutes ago."""
    settings.DOCTOR_REPORT = tmp_path / "report.json"

    def write(*found: Finding, minutes: int = 4) -> Path:
        report.write(settings.DOCTOR_REPORT, found, NOW - timedelta(minutes=minutes))
        return Path(settings.DOCTOR_REPORT)

    return write


@pytest.fixture
def desk(told: Callable[..., Path], alice: User, signed_in: Callable[[User], Client]) -> Client:
    """The owner of the box, signed in."""
    return signed_in(alice)


def page_of(desk: Client) -> str:
    response = desk.get(PAGE)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def figure(page: str, name: str) -> str:
    """The part of the page that is about one thing measured."""
    return page.partition(f'<figure class="chart small {name}">')[2].partition("</figure>")[0]


def live(*ago: int, errors: int = 0) -> None:
    """Hours so many hours ago in which the box was asked and looked at."""
    Hour.objects.bulk_create(
        Hour(
            number=THIS - hour,
            requests=100,
            errors=errors,
            disk_used=7 * GB,
            disk_total=25 * GB,
            lag_typical=0.9,
            lag_longest=1.8,
        )
        for hour in ago
    )


def test_what_failed_stands_first_and_what_is_well_last(desk: Client, told: Callable[..., Path]) -> None:
    told(*FOUND)
    page = page_of(desk)
    assert "<strong>1 failed</strong>, 1 to look at, 2 well." in page
    order = [page.index(f"{name}.</strong>") for name in ("Canary", "Disk", "Database", "Letters")]
    assert order == sorted(order)
    assert "See that the worker runs." in page
    assert "0 &lt;failed&gt;." in page
    assert "28 Nov 2026, 13:26 UTC</time>, 4 minutes ago" in page
    assert 'class="message' not in page


def test_a_box_without_a_complaint(desk: Client, told: Callable[..., Path]) -> None:
    told(FOUND[0])
    assert "All 1 are well." in page_of(desk)


def test_a_report_of_more_than_an_hour_ago_is_called_old(desk: Client, told: Callable[..., Path]) -> None:
    told(*FOUND, minutes=60)
    assert "This report is" not in page_of(desk)
    told(*FOUND, minutes=61)
    page = page_of(desk)
    assert "This report is 1 hour, 1 minute old" in page
    assert "systemctl status bearblog-doctor.timer" in page


def test_without_a_report_the_page_says_how_to_get_one(desk: Client) -> None:
    page = page_of(desk)
    assert "The doctor has left no report yet." in page
    assert '<ul class="findings">' not in page


def test_a_damaged_report_is_told(desk: Client, told: Callable[..., Path]) -> None:
    told().write_text("{", encoding="utf-8")
    assert "is damaged or unreadable" in page_of(desk)


def test_an_empty_machine_has_words_and_no_chart(desk: Client) -> None:
    page = page_of(desk)
    assert "<svg" not in page
    assert page.count("Nothing noted in 30 days.") == 4
    assert "The worker counts them from the web server&#x27;s log." in page


def test_the_first_hour_is_one_bar(desk: Client) -> None:
    live(0)
    page = page_of(desk)
    assert [figure(page, name).count('class="narrow-bar"') for name in ("lag", "disk", "requests")] == [1] * 3
    assert page.count('class="gap"') == 4
    assert "Nothing noted</span>" in figure(page, "requests")
    assert "0.9 s in the hour from 28 Nov, 13:00 UTC. The most in 30 days: 1.8 s" in figure(page, "lag")
    assert "7.0 GB of 25.0 GB taken, 28%, in the hour" in figure(page, "disk")
    assert "<script" not in page
    assert "style=" not in page


def test_thirty_days_are_as_many_bars_as_they_have_quarters(desk: Client) -> None:
    live(*range(24 * 31))
    response = desk.get(PAGE)
    page = " ".join(response.content.decode().split())
    assert page.count('role="img"') == 4
    assert [figure(page, name).count('class="narrow-bar"') for name in ("lag", "requests")] == [120, 120]
    assert (figure(page, "lag").count('class="wide"'), page.count('class="gap"')) == (120, 0)
    assert "2,400 in the last 24 hours. The most in 30 days: 600, in the six hours from" in page
    # Today's quarters are begun; with the first of them, 30 days touch 31.
    assert figure(page, "requests").count('<th scope="row">') == 31
    assert "28 Nov</th> <td>1,400</td>" in figure(page, "requests")
    assert len(response.content) < 200_000


def test_a_gap_is_shown_as_one_and_is_no_zero(desk: Client) -> None:
    live(*range(12), *range(48, 24 * 31))
    page = page_of(desk)
    for name in ("lag", "disk", "requests", "errors"):
        assert figure(page, name).count('class="gap"') == 1
    assert figure(page, "errors").count('class="narrow-bar"') == 115
    assert "26 Nov</th>" in page
    assert "27 Nov</th>" not in page


def test_a_day_with_errors_stands_out(desk: Client) -> None:
    live(*range(50), *range(51, 24 * 31))
    live(50, errors=7)
    page = figure(page_of(desk), "errors")
    assert "0 in the last 24 hours. The most in 30 days: 7, in the six hours from 26 Nov, 06:00 UTC." in page
    assert "<title>26 Nov, 06:00 UTC: errors 7</title>" in page
    assert "26 Nov</th> <td>7</td>" in page
    assert sum('height="0"' not in bar for bar in page.split('class="narrow-bar"')[1:]) == 1


def test_no_error_in_thirty_days_is_said(desk: Client) -> None:
    live(*range(24 * 31))
    assert "0 in the last 24 hours. None in 30 days." in figure(page_of(desk), "errors")


def test_the_axis_of_the_disk_ends_where_the_disk_does(desk: Client) -> None:
    live(0)
    assert ">25.0 GB</text>" in figure(page_of(desk), "disk")


def test_what_is_older_or_to_come_is_not_shown(desk: Client) -> None:
    live(24 * 31 + 6, -7)
    assert page_of(desk).count("Nothing noted in 30 days.") == 4


def test_many_requests_are_written_short_on_the_axis_only(desk: Client) -> None:
    hours.add_traffic({THIS: Traffic(1_234_567, 0)})
    page = figure(page_of(desk), "requests")
    assert "1,234,567 in the last 24 hours." in page
    assert ">2,000k</text>" in page


def test_the_desk_leads_to_it(desk: Client) -> None:
    assert f'href="{PAGE}"' in desk.get("/staff/").content.decode()


def test_only_staff_see_it(bob: User, signed_in: Callable[[User], Client], main: Client) -> None:
    assert signed_in(bob).get(PAGE).status_code == 404
    assert main.get(PAGE).status_code == 302
    assert not main.get(PAGE).content
