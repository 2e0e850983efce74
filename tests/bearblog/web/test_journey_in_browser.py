"""A writer's whole way with a real browser: from signing up to a post brought back after its deletion."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from deploy.stage.site import PASSWORD, Site, running_site
from tests.bearblog.web.furnishing import picture
from tests.browser import DESK, PHONE, Profiles, create_blog, width_of

pytestmark = pytest.mark.browser

WORDS = "All night the rain *talked*.\n\n## Morning\n\nThen <script>alert(1)</script>it stopped.\n\n"
FIELD: FilePayload = {"name": "field.png", "mimeType": "image/png", "buffer": picture(2000, 1200)}
INVITE = """
import sys
from bearblog.domain.accounts.services import invite
sys.stdout.write(invite(email="dora@example.org", invited_by=None)[1])
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site at which everybody may sign up."""
    with running_site(tmp_path_factory.mktemp("site"), settings={"BEARBLOG_SIGNUP": "open"}) as running:
        yield running


def sign_up(page: Page, email: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", name="Your blogs")).to_be_visible()


def upload_in_the_editor(page: Page) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload").click()
    chooser.value.set_files(FIELD)
    page.get_by_label("Describe it").fill("A teal field")
    page.get_by_role("dialog").get_by_role("button", name="Upload").click()
    expect(page.get_by_label("Text")).to_have_value(
        re.compile(r"!\[A teal field\]\(/media/[0-9a-f]{64}\.webp\)")
    )


def upload_among_the_media(page: Page) -> None:
    editor = page.url
    page.get_by_role("link", name="Media", exact=True).first.click()
    page.get_by_label("Add files").set_input_files(FIELD)
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("link", name="field.png").click()
    page.get_by_label("Description").fill("A teal field")
    page.get_by_role("button", name="Save").click()
    markdown = page.get_by_label("To show it, write").input_value()
    page.goto(editor)
    page.get_by_label("Text").fill(WORDS + markdown)


def preview(page: Page) -> None:
    page.get_by_role("button", name="Preview").click()
    framed = page.frame_locator("iframe[name=preview]")
    expect(framed.get_by_role("heading", name="Morning")).to_be_visible()
    expect(framed.locator("article em")).to_have_text("talked")


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Saved and published.")).to_be_visible()


def read(page: Page) -> Page:
    with page.expect_popup() as opened:
        page.get_by_role("link", name="View").click()
    reader = opened.value
    expect(reader.get_by_role("heading", name="Rain on the tent")).to_be_visible()
    shown = reader.get_by_role("img", name="A teal field")
    expect(shown).to_have_attribute("srcset", re.compile(r"webp \d+w, .+webp \d+w"))
    assert width_of(shown) > 0
    assert reader.url.endswith("/rain-on-the-tent/")
    assert reader.context.cookies(reader.url) == []
    return reader


def status(page: Page) -> int:
    answer = page.reload()
    assert answer is not None
    return answer.status


@pytest.mark.parametrize(
    ("size", "script", "email"),
    [(DESK, True, "dora@example.org"), (DESK, False, "erin@example.org"), (PHONE, True, "finn@example.org")],
    ids=["desk-invited", "no-script", "phone"],
)
def test_a_post_goes_its_whole_way(
    profiles: Profiles, site: Site, size: tuple[int, int], script: bool, email: str
) -> None:
    name = email.partition("@")[0]
    page = profiles.open(size=size, script=script)
    is_invited = email.startswith("dora")
    page.goto(f"{site.url}/invitation/{site.shell(INVITE)}/" if is_invited else f"{site.url}/account/signup/")
    sign_up(page, email)

    create_blog(page, name)
    page.get_by_label("Text").fill(WORDS)
    if script:
        upload_in_the_editor(page)
    else:
        upload_among_the_media(page)
    page.get_by_label("Header").fill("title: Rain on the tent\ntags: rain")
    if size == DESK:
        preview(page)
    publish(page)
    reader = read(page)

    page.get_by_label("Header").fill("title: Sun on the tent")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved and published.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_role("heading", name="Sun on the tent")).to_be_visible()

    page.get_by_role("link", name="Revisions").click()
    page.get_by_role("button", name="Compare the chosen two").click()
    expect(page.locator("ins", has_text="Sun").first).to_be_visible()
    page.get_by_role("button", name="Restore").first.click()
    expect(page.get_by_label("Header")).to_have_value(re.compile("^title: Rain on the tent\n"))

    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete the post").click()
    expect(page.get_by_text("“Rain on the tent” is deleted.")).to_be_visible()
    assert status(reader) == 404
    page.goto(f"{site.url}/studio/{name}/deleted/")
    page.get_by_role("button", name="Restore Rain on the tent").click()
    expect(page.get_by_label("Header")).to_have_value(re.compile("title: Rain on the tent\n"))
    publish(page)
    assert status(reader) == 200
    if script:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
