"""Takes pictures of ten pages, light, dark and on a phone: `python -m deploy.stage.screenshots [FOLDER]`."""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from deploy.dev.environment import PROJECT, VAR
from deploy.droplet.progress import say, step
from deploy.stage.browser import chromium, open_studio
from deploy.stage.site import Site, running_site

_DESK, _PHONE = (1200, 800), (390, 844)


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    name: str
    size: tuple[int, int]
    dark: bool = False


_LOOKS = (Look("light", _DESK), Look("dark", _DESK, dark=True), Look("phone", _PHONE))


def pages(site: Site) -> dict[str, str]:
    """The ten pages by the name of their picture."""
    blog, studio = site.blog_url("alice"), f"{site.url}/studio/alice"
    return {
        "landing": f"{site.url}/",
        "discover": f"{site.url}/discover/",
        "blog-home": blog,
        "blog-post": f"{blog}everything-at-once/",
        "blog-list": f"{blog}blog/",
        "blog-search": f"{blog}search/?q=beans",
        "studio-posts": f"{studio}/posts/",
        "studio-editor": f"{studio}/posts/1/",
        "studio-styles": f"{studio}/styles/",
        "studio-media": f"{studio}/media/",
    }


def take(browser: Browser, site: Site, folder: Path) -> Iterator[Path]:
    """Each picture, as it is written."""
    for look in _LOOKS:
        context = _context(browser, look)
        page = context.new_page()
        open_studio(page, site)
        for name, url in pages(site).items():
            page.goto(url, wait_until="networkidle")
            file = folder / f"{name}-{look.name}.png"
            page.screenshot(path=file, full_page=True)
            yield file
        context.close()


def _context(browser: Browser, look: Look) -> BrowserContext:
    return browser.new_context(
        ignore_https_errors=True,
        viewport={"width": look.size[0], "height": look.size[1]},
        color_scheme="dark" if look.dark else "light",
        is_mobile=look.size == _PHONE,
    )


def main(arguments: list[str]) -> int:
    """Writes the pictures and says where they are."""
    folder = Path(arguments[0]) if arguments else VAR / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bearblog-stage-") as home, running_site(Path(home)) as site:
        with step("Writing a garden's blog"):
            site.shell((PROJECT / "deploy/stage/garden.py").read_text(encoding="utf-8"))
        with step("Taking pictures"), chromium() as browser:
            taken = list(take(browser, site, folder))
    say(f"  {len(taken)} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
