"""The pages of tags."""

from urllib.parse import quote

import pytest
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post


@pytest.mark.parametrize("tag", ["rain", "wet & cold", "雨", "c#/.net?"])
def test_a_tag_has_a_page_of_its_posts(reader: Client, blog: Blog, tag: str) -> None:
    create_post(blog=blog, title="One", text="", status="published", tags=[tag])
    create_post(blog=blog, title="Two", text="", status="published")
    path = f"/tags/{quote(tag, safe='')}/"
    response = reader.get(path)
    assert response.status_code == 200
    page = response.content.decode()
    assert ">One</a>" in page
    assert ">Two</a>" not in page
    assert f'rel="canonical" href="https://alice.bear.localhost:8443{path}"' in page
    assert f'href="{path}"' in reader.get("/one/").content.decode()
    assert f'href="{path}"' in reader.get("/tags/").content.decode()


def test_a_tag_that_no_reader_can_see_has_no_page(reader: Client, blog: Blog) -> None:
    assert reader.get("/tags/").status_code == 404
    create_post(blog=blog, title="Secret", text="", tags=["rain"])
    assert reader.get("/tags/rain/").status_code == 404
    assert reader.get("/tags/").status_code == 404


def test_the_tags_of_a_post_stand_in_the_order_of_the_alphabet(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="One", text="", status="published", tags=["tent", "Rain"])
    page = reader.get("/one/").content.decode()
    assert page.index(">#Rain<") < page.index(">#tent<")


def test_a_page_of_that_name_wins(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Mine", slug="tags", text="", status="published", is_page=True)
    assert "Mine" in reader.get("/tags/").content.decode()
