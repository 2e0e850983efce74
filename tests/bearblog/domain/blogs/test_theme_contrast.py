"""Every theme by day and by night in a real browser: each letter stands out from what is behind it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from bearblog.domain.blogs import styles, themes
from bearblog.domain.blogs.models import Blog
from deploy.stage.browser import chromium
from tests.bearblog.domain.blogs.look_sample import sample_page

pytestmark = pytest.mark.browser

AA = 4.5
NEEDED_PIECES = 50

# WCAG 2.2: relative luminance and contrast, over all backgrounds behind the text, mixed by their alpha.
MEASURE = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const parse = (colour, over) => {
    canvas.globalAlpha = 1;
    canvas.fillStyle = over ? `rgb(${over.join(" ")})` : "#fff";
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb) => {
    const linear = (c) => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
    const [r, g, b] = rgb.map((c) => linear(c / 255));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = (element) => {
    const chain = [];
    for (let e = element; e; e = e.parentElement) chain.unshift(e);
    let ground = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
    for (const e of chain) ground = parse(getComputedStyle(e).backgroundColor, ground);
    return ground;
  };
  const found = [];
  for (const e of document.querySelectorAll("body *")) {
    const speaks = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || e.value;
    if (!speaks || !e.checkVisibility()) continue;
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(e, part);
      if (part && (style.content === "none" || style.content === "normal")) continue;
      const ground = behind(e);
      const [a, b] = [luminance(parse(style.color, ground)), luminance(ground)].sort((x, y) => y - x);
      const name = e.tagName.toLowerCase() + (e.className ? "." + e.className : "") + (part || "");
      found.push([name + " in " + e.parentElement.tagName.toLowerCase(), (a + .05) / (b + .05)]);
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_theme_has_enough_contrast(browser: Browser, scheme: str) -> None:
    faint = []
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", offline=True)
    page = context.new_page()
    for theme in themes.THEMES:
        sheet = styles.stylesheet(Blog(), theme.css)
        # A browser tells no script which links were visited, nor is a pointer over each of them.
        states = {
            "as it is": sheet,
            "visited": sheet.replace(":visited", ":any-link"),
            "under the pointer": sheet.replace(":hover", ":not(x)"),
        }
        for state, css in states.items():
            page.set_content(sample_page(css))
            pieces = page.evaluate(MEASURE)
            assert len(pieces) > NEEDED_PIECES
            faint += [(theme.identifier, state, *piece) for piece in pieces if piece[1] < AA]
    context.close()
    assert faint == []


def test_faint_letters_would_be_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(sample_page("body { background: #fff; color: #888 } main { background: #0005 }"))
    faint = {name for name, contrast in page.evaluate(MEASURE) if contrast < AA}
    page.close()
    assert {"p in article", "p in div", "strong in p"} <= faint
    assert "a in p" in faint


def test_every_theme_fits_a_phone_and_a_wall(browser: Browser) -> None:
    for width in (320, 1600):
        context = browser.new_context(viewport={"width": width, "height": 800}, offline=True)
        page = context.new_page()
        for theme in themes.THEMES:
            for kind in ("home", "post"):
                page.set_content(sample_page(styles.stylesheet(Blog(), theme.css), kind))
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (theme, width)
        context.close()
