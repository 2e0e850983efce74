"""What axe-core and a narrow screen say of a page that a browser shows."""

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

DESK = (1280, 900)
NARROW = (360, 740)
Scheme = Literal["light", "dark"]
_AXE = Axe()
_ALL_RULES = {"resultTypes": ["violations"], "iframes": False}
_COLOURS = {**_ALL_RULES, "runOnly": ["color-contrast", "link-in-text-block"]}
_LOOKS: tuple[tuple[tuple[int, int], Scheme, dict[str, object]], ...] = (
    (DESK, "light", _ALL_RULES),
    (DESK, "dark", _COLOURS),
    (NARROW, "dark", _ALL_RULES),
)


def complaints(page: Page) -> list[str]:
    """What is wrong with the page that is open: on a desk and at 360 pixels, by day and by night."""
    found: list[str] = []
    for size, scheme, options in _LOOKS:
        _resize(page, size)
        page.emulate_media(color_scheme=scheme)
        found += [f"{page.url} at {size[0]}, {scheme}: {words}" for words in _violations(page, options)]
    return found + _sideways(page)


def complaints_at_a_glance(page: Page) -> list[str]:
    """The same at 360 pixels by day only, for pages of which a sister was looked at from all sides."""
    _resize(page, NARROW)
    page.emulate_media(color_scheme="light")
    return [f"{page.url}: {words}" for words in _violations(page, _ALL_RULES)] + _sideways(page)


def _resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def _sideways(page: Page) -> list[str]:
    width = page.evaluate("document.documentElement.scrollWidth")
    return [f"{page.url} is {width} pixels wide"] if width > NARROW[0] else []


def _violations(page: Page, options: dict[str, object]) -> list[str]:
    return [
        f"{rule['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for rule in _AXE.run(page, options=options).response["violations"]
        for node in rule["nodes"]
    ]
