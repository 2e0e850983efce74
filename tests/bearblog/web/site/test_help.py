"""How to write here: the page names all that there is to name."""

import html
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern

from bearblog.domain.blogs import header as home_header
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.themes import THEMES
from bearblog.domain.posts import directives, listing
from bearblog.domain.posts import header as post_header
from bearblog.domain.transfer import entries
from bearblog.engines.rendering import callouts, markdown, policy
from bearblog.web import reading
from bearblog.web.reading import urls
from bearblog.web.reading.views import feeds

pytestmark = pytest.mark.django_db

BEARBLOG = Path(reading.__file__).parent.parent.parent


@pytest.fixture
def page(main: Client) -> str:
    return html.unescape(main.get("/help/").content.decode())


def section(page: str, name: str) -> str:
    found = re.search(rf'<section id="{name}".*?</section>', page, re.DOTALL)
    assert found
    return found[0]


def test_every_line_of_a_header_is_named(page: str) -> None:
    post_part, home_part = section(page, "header").split("Above the home page")
    assert {key for key in post_header.KEYS if f"<code>{key}: " not in post_part} == set()
    assert {key for key in home_header.KEYS if f"<code>{key}: " not in home_part} == set()


def test_no_line_is_named_that_there_is_not(page: str) -> None:
    named = set(re.findall(r"<dt><code>(\w+): ", section(page, "header")))
    assert named == {*post_header.KEYS, *home_header.KEYS}


def test_every_directive_is_named_and_none_that_there_is_not(page: str) -> None:
    part = section(page, "directives")
    named = re.findall(r"<dt><code>({{.*?)</code></dt>", part)
    assert sorted(re.findall(r"{{ ([a-z-]+) }}", " ".join(named))) == sorted(directives.NAMES)
    arguments = {key.replace("s?", "") for key in listing._KEYS.split("|")}
    assert {key for key in arguments if f"{key}: " not in part} == set()


def test_every_kind_of_callout_is_named(page: str) -> None:
    kinds = re.search(r"The kinds: ([a-z, ]+)\.", section(page, "markdown"))
    assert kinds
    assert kinds[1].split(", ") == sorted(callouts._TITLES)


def test_every_host_of_frames_and_every_theme_is_named(page: str) -> None:
    assert [host for host in policy.frame_hosts() if host not in section(page, "markdown")] == []
    assert [theme.name for theme in THEMES if theme.name not in section(page, "styles")] == []


def test_every_path_of_the_feed_is_named(page: str) -> None:
    paths = [
        one.pattern for one in urls.urlpatterns if isinstance(one, URLPattern) and one.callback is feeds.feed
    ]
    assert paths
    assert [str(path) for path in paths if f"<code>/{path}</code>" not in section(page, "addresses")] == []


def test_every_class_that_styles_may_use_is_on_some_page_of_a_blog(page: str) -> None:
    places = ("web/reading/templates", "domain/posts", "engines/rendering")
    sources = [
        file for place in places for file in (BEARBLOG / place).rglob("*") if file.suffix in (".html", ".py")
    ]
    written = markdown.render("- [ ] to do") + "".join(file.read_text(encoding="utf-8") for file in sources)
    selectors = re.findall(r"<code>([a-z]*[.#][a-z_.-]+)</code>", section(page, "styles"))
    names = {name for selector in selectors for name in re.split("[.#]", selector)[1:]}
    assert len(names) > 20
    assert {name for name in names if not re.search(rf"(?<![\w-]){name}(?![\w-])", written)} == set()


def test_every_file_of_an_archive_is_named(page: str, blog: Blog) -> None:
    names = {name for name, _ in entries.everything(blog, [])}
    assert {name for name in names if "/" not in name and f"<code>{name}</code>" not in page} == set()


def test_the_page_can_be_found_from_the_front_door_and_from_the_editor(studio: Client, blog: Blog) -> None:
    for address in ("/", f"/studio/{blog.subdomain}/posts/new/", f"/studio/{blog.subdomain}/nav/"):
        assert 'href="/help/"' in studio.get(address).content.decode(), address


def test_each_link_on_the_page_to_a_part_of_it_leads_there(page: str) -> None:
    assert [name for name in re.findall(r'href="#([\w-]+)"', page) if f'id="{name}"' not in page] == []
