"""A reader tells those who run the site that something is wrong."""

import pytest
from django.test import Client

from bearblog.domain.moderation.models import Report

FROM_HERE = {"sec-fetch-site": "same-origin"}


def test_every_page_leads_to_the_form(reader: Client) -> None:
    assert '<a href="/report/?page=/blog/" rel="nofollow">Report</a>' in reader.get("/blog/").content.decode()
    page = reader.get("/report/?page=/blog/").content.decode()
    assert '<input type="hidden" name="page" value="/blog/">' in page
    assert '<label for="reason">' in page


def test_a_report_reaches_the_staff(reader: Client) -> None:
    response = reader.post("/report/", {"page": "/one/", "reason": "It is *copied*."}, headers=FROM_HERE)
    assert response.status_code == 200
    assert "Your report will be read" in response.content.decode()
    report = Report.objects.get()
    assert (report.blog.subdomain, report.path, report.reason) == ("alice", "/one/", "It is *copied*.")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
def test_a_report_that_cannot_be_taken_is_given_back(reader: Client, reason: str) -> None:
    response = reader.post("/report/", {"page": "/one/", "reason": reason}, headers=FROM_HERE)
    assert response.status_code == 422
    page = response.content.decode()
    assert '<p role="alert">' in page
    assert f"required>{reason}</textarea>" in page
    assert not Report.objects.exists()


def test_a_report_from_another_site_is_refused(reader: Client) -> None:
    response = reader.post("/report/", {"reason": "x"}, headers={"origin": "https://evil.example"})
    assert response.status_code == 403
    assert not Report.objects.exists()
