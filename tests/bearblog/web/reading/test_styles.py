"""The style sheet of a blog."""

import re

from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.stored_pages import pages
from bearblog.engines.pagecache import assets


def sheet(client: Client) -> str:
    [path] = re.findall('<link rel="stylesheet" href="([^"]*)">', client.get("/").content.decode())
    assert isinstance(path, str)
    return path


def test_the_style_sheet_is_kept_for_ever_under_the_name_of_its_contents(reader: Client, blog: Blog) -> None:
    Blog.objects.update(css="h1 { color: teal }")
    path = sheet(reader)
    response = reader.get(path)
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "teal" in response.content.decode()
    Blog.objects.update(css="h1 { color: tan }", version=9)
    assert sheet(reader) != path


def test_the_style_sheet_is_found_on_disk_from_then_on(reader: Client) -> None:
    path = sheet(reader)
    response = reader.get(path)
    assert assets.read(pages(), path) == response.content
    assert reader.get(path, headers={"if-none-match": response.headers["ETag"]}).status_code == 304


def test_a_sheet_of_former_days_leads_to_the_one_of_today(reader: Client) -> None:
    for name in ("0123456789abcdef", "x"):
        response = reader.get(f"/style/{name}.css")
        assert (response.status_code, response.headers["Location"]) == (302, sheet(reader))
        assert "immutable" not in response.headers["Cache-Control"]
        assert assets.read(pages(), f"/style/{name}.css") is None
