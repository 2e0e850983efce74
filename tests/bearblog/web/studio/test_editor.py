"""Writing: saved, published, refused with every word kept, and shown on the blog's own host."""

import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import texts
from bearblog.domain.blogs.models import Blog, Revision
from bearblog.domain.blogs.preview import is_preview_token
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import save_post

pytestmark = pytest.mark.django_db

NEW = "/studio/alice/posts/new/"
WORDS = {"header": "title: Honey & smoke", "text": "\nFirst *line*.\r\n\r\n<b>Second</b> line."}


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


@pytest.fixture
def post(blog: Blog, alice: User) -> Post:
    return save_post(blog=blog, author=alice, header="title: Honey\ntags: bees", text="Words")


@pytest.fixture
def address(post: Post) -> str:
    return f"/studio/alice/posts/{post.pk}/"


def test_a_draft_is_saved(studio: Client, blog: Blog, alice: User) -> None:
    response = studio.post(NEW, {**WORDS, "do": "save"})
    post = Post.objects.get()
    assert response.headers["Location"] == f"/studio/alice/posts/{post.pk}/"
    assert (post.title, post.slug, post.status) == ("Honey & smoke", "honey-smoke", Post.Status.DRAFT)
    assert (post.author, post.published_at) == (alice, None)
    assert post.text == "\nFirst *line*.\n\n<b>Second</b> line."
    page = studio.get(response.headers["Location"]).content.decode()
    assert "Saved as a draft." in page
    assert ">\n\nFirst *line*." in page


def test_a_form_sent_without_a_button_never_publishes(studio: Client, blog: Blog) -> None:
    studio.post(NEW, WORDS)
    assert Post.objects.get().status == Post.Status.DRAFT
    page = studio.get(NEW).content.decode()
    assert 'value="save"' in page.split('class="editor"')[1].split("<button")[1]


def test_a_post_is_published_and_linked(studio: Client, blog: Blog) -> None:
    page = studio.post(NEW, {**WORDS, "do": "publish"}, follow=True).content.decode()
    assert "Saved and published." in page
    assert "https://alice.bear.localhost:8443/honey-smoke/" in page


def test_saving_keeps_what_is_out_out_and_unpublishing_takes_it_back(
    studio: Client, post: Post, address: str
) -> None:
    form = {"header": "title: Honey", "text": "More"}
    wishes = (("publish", "published"), ("save", "published"), ("unpublish", "draft"), ("save", "draft"))
    for wish, status in wishes:
        studio.post(address, {**form, "do": wish})
        post.refresh_from_db()
        assert post.status == status, wish


def test_the_header_shows_what_the_post_has(studio: Client, post: Post, address: str) -> None:
    page = studio.get(address).content.decode()
    assert "title: Honey\nlink: honey\npublished_date:\ntags: bees</textarea>" in page


def test_a_date_left_alone_keeps_its_seconds(studio: Client, blog: Blog, address: str, post: Post) -> None:
    moment = datetime(2026, 3, 14, 10, 0, 42, tzinfo=UTC)
    Post.objects.update(published_at=moment, status="published")
    page = studio.get(address).content.decode()
    assert "published_date: 2026-03-14 10:00" in page
    studio.post(address, {"header": "title: Honey\npublished_date: 2026-03-14 10:00", "text": "x"})
    post.refresh_from_db()
    assert post.published_at == moment


def test_a_later_date_is_said_in_the_zone_of_the_blog(studio: Client, blog: Blog) -> None:
    Blog.objects.update(time_zone="Europe/Berlin")
    form = {**WORDS, "header": "title: T\npublished_date: 2999-01-02 09:30", "do": "publish"}
    page = studio.post(NEW, form, follow=True).content.decode()
    assert "Readers see it from 2 Jan 2999, 09:30 on (Europe/Berlin)." in page
    assert Post.objects.get().published_at == datetime(2999, 1, 2, 8, 30, tzinfo=UTC)


def test_lines_that_cannot_be_read_are_named_and_cost_nothing(studio: Client, blog: Blog) -> None:
    header = "title: Kept\npublished_date: soonish\nis_page: maybe\nnonsense"
    response = studio.post(NEW, {**WORDS, "header": header, "do": "publish"})
    page = response.content.decode()
    assert response.status_code == 422
    problems = page.split('id="problems"')[1].split("</ul>")[0]
    assert "Line 2: The date “soonish” cannot be read." in problems
    assert "Line 3: Write true or false" in problems
    assert "Line 4: “nonsense” has no colon." in problems
    assert "First *line*.\r\n\r\n&lt;b&gt;Second&lt;/b&gt; line.</textarea>" in page
    assert f"{header}</textarea>" in page
    assert not Post.objects.exists()


def test_a_post_without_a_title_gets_one(studio: Client, blog: Blog) -> None:
    studio.post(NEW, {"header": "", "text": "x"})
    assert Post.objects.get().title == "New post"


def test_a_page_is_written(studio: Client, blog: Blog) -> None:
    page = studio.post("/studio/alice/pages/new/", {**WORDS, "do": "publish"}, follow=True).content.decode()
    assert Post.objects.get().is_page
    assert "is_page: true" in page


def test_a_form_sent_twice_makes_one_post(studio: Client, blog: Blog) -> None:
    key = hidden(studio.get(NEW).content.decode(), "creation_key")
    for _ in range(2):
        studio.post(NEW, {**WORDS, "creation_key": key})
    assert Post.objects.get().creation_key == uuid.UUID(key)
    led_to = studio.get(f"{NEW}?key={key}").headers["Location"]
    assert led_to == f"/studio/alice/posts/{Post.objects.get().pk}/"


def test_a_new_post_sent_from_two_places_keeps_both_texts(studio: Client, blog: Blog) -> None:
    key = hidden(studio.get(NEW).content.decode(), "creation_key")
    studio.post(NEW, {**WORDS, "creation_key": key})
    response = studio.post(NEW, {**WORDS, "creation_key": key, "text": "From the phone"})
    assert response.status_code == 409
    assert "From the phone</textarea>" in response.content.decode()
    assert "First" in Post.objects.get().text


def test_a_damaged_creation_key_keeps_the_text(studio: Client, blog: Blog) -> None:
    response = studio.post(NEW, {**WORDS, "creation_key": "x"})
    assert response.status_code == 422
    assert "First *line*." in response.content.decode()


def test_a_post_that_is_far_too_long_keeps_the_text(studio: Client, blog: Blog) -> None:
    response = studio.post(NEW, {**WORDS, "text": "x" * 2_000_001})
    assert response.status_code == 422
    assert "Split it into several posts." in response.content.decode()
    assert "x" * 2_000_001 in response.content.decode()


def test_a_lost_session_keeps_the_words(studio: Client, blog: Blog) -> None:
    studio.cookies.clear()
    form = {**WORDS, "do": "publish", "csrfmiddlewaretoken": "old"}
    response = studio.post(NEW, form)
    page = response.content.decode()
    assert response.status_code == 403
    assert "You are signed out" in page
    assert f'action="{NEW}"' in page
    assert "First *line*.\r\n\r\n&lt;b&gt;Second&lt;/b&gt; line.</textarea>" in page
    assert "title: Honey &amp; smoke</textarea>" in page
    assert '<input type="hidden" name="do" value="publish">' in page
    assert 'value="old"' not in page
    assert not Post.objects.exists()


def test_a_new_post_begins_with_the_template(studio: Client, blog: Blog, alice: User) -> None:
    texts.save_template(blog=blog, by=alice, text="title:\ntags: diary\n___\n\n## Today\n")
    page = studio.get(NEW).content.decode()
    assert "title:\ntags: diary</textarea>" in page
    assert "## Today</textarea>" in page


def test_a_text_that_was_changed_meanwhile_is_not_written_over(
    studio: Client, blog: Blog, bob: User, post: Post, address: str
) -> None:
    opened = hidden(studio.get(address).content.decode(), "based_on")
    save_post(blog=blog, author=bob, header="title: Honey", text="Bob's words", post=post)
    form = {"header": "title: Honey\ntags: bees", "text": "My words", "based_on": opened}
    response = studio.post(address, {**form, "do": "publish"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "bob@example.org saved another text" in page
    assert "<del>Bob&#x27;s </del>" in page
    assert "<ins>My </ins>" in page
    post.refresh_from_db()
    assert (post.text, post.status) == ("Bob's words", "draft")

    mine = {**form, "based_on": hidden(page, "based_on"), "do": hidden(page, "do")}
    studio.post(address, mine)
    post.refresh_from_db()
    assert (post.text, post.status) == ("My words", "published")
    said = set(Revision.objects.values_list("text", flat=True))
    assert {"Words", "Bob's words", "My words"} <= said


def test_the_same_words_saved_twice_are_no_conflict(studio: Client, post: Post, address: str) -> None:
    opened = hidden(studio.get(address).content.decode(), "based_on")
    form = {"header": "title: Honey", "text": "Both clicks", "based_on": opened}
    assert [studio.post(address, form).status_code for _ in range(2)][0] == 302


def test_ctrl_s_gets_its_answer_in_words(studio: Client, blog: Blog) -> None:
    key = hidden(studio.get(NEW).content.decode(), "creation_key")
    script = {"accept": "application/json"}
    answer = studio.post(NEW, {**WORDS, "creation_key": key}, headers=script).json()
    post = Post.objects.get()
    assert answer["message"].startswith("Saved as a draft.")
    assert (answer["address"], answer["subject"]) == (f"/studio/alice/posts/{post.pk}/", f"post:{key}")
    assert "link: honey-smoke" in answer["header"]
    assert "Delete" in answer["bar"]

    form = {**WORDS, "based_on": answer["based_on"]}
    refused = studio.post(answer["address"], {**form, "header": "is_page: maybe"}, headers=script)
    assert (refused.status_code, "Line 1" in refused.json()["problems"]) == (422, True)
    held = studio.post(answer["address"], {**form, "based_on": "other"}, headers=script)
    assert (held.status_code, "meanwhile" in held.json()["message"]) == (409, True)


def test_a_writer_writes_posts_and_no_pages(
    member: Callable[[str], Client], blog: Blog, bob: User, post: Post, address: str
) -> None:
    writer = member("writer")
    writer.post(NEW, WORDS)
    own = Post.objects.get(author=bob)
    response = writer.post(f"/studio/alice/posts/{own.pk}/", {"header": "is_page: true", "text": "x"})
    assert response.status_code == 422
    assert "Pages are for the editors" in response.content.decode()
    assert writer.get("/studio/alice/pages/new/").status_code == 404
    assert writer.post(address, {"header": "title: Mine", "text": "x"}).status_code == 404
    assert writer.post(NEW, {**WORDS, "creation_key": str(post.creation_key)}).status_code == 404


def test_a_preview_is_sent_on_to_the_blogs_own_host(studio: Client, blog: Blog) -> None:
    Blog.objects.update(custom_domain="honey.example")
    response = studio.post("/studio/alice/preview/", WORDS)
    address, _, token = response.headers["Location"].partition("?token=")
    assert response.status_code == 307
    assert address == "https://alice.bear.localhost:8443/preview/"
    assert is_preview_token(blog, token)


def test_the_blogs_host_shows_the_preview_in_a_sandbox(studio: Client, reader: Client, blog: Blog) -> None:
    location = studio.post("/studio/alice/preview/", WORDS).headers["Location"]
    form = {**WORDS, "csrfmiddlewaretoken": "travels along", "do": "save"}
    response = reader.post(location.removeprefix("https://alice.bear.localhost:8443"), form)
    policy = response.headers["Content-Security-Policy"]
    assert response.status_code == 200
    assert policy.startswith("sandbox;")
    assert f"frame-ancestors https://{settings.MAIN_HOST}:{settings.HTTPS_PORT}" in policy
    assert "<em>line</em>" in response.content.decode()
    assert "travels along" not in response.content.decode()
    assert not Post.objects.exists()


def test_all_script_comes_from_files_of_our_own(studio: Client, address: str) -> None:
    for page in (studio.get(NEW).content.decode(), studio.get(address).content.decode()):
        scripts = re.findall(r"<script[^>]*>", page)
        ours = re.compile(r'<script type="module" src="/static/(studio|base)/\w+\.js">')
        assert scripts
        assert all(ours.fullmatch(tag) for tag in scripts)
        assert " on" + "click=" not in page
        assert "style=" not in page
