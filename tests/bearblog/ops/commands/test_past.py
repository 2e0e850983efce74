"""The past of one blog beside the present, from a real replica, by the command."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from bearblog.engines.replication import control
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.media import MediaMirror
from deploy.stage.seaweed import Seaweed
from tests.app_box import AppBox
from tests.bearblog.ops.conftest import Call
from tests.replicas import TREE, await_true, make_bucket, with_stuck_restore

GOOD = """
from pathlib import Path
from bearblog.domain.blogs.models import Blog
from bearblog.domain.media.services import add_file
from bearblog.domain.posts.services import create_post
blog = Blog.objects.get()
source = Path("{source}")
source.write_bytes(b"%PDF-1.7 of rain")
file = add_file(blog=blog, uploaded_by=blog.owner, source=source, name="rain.pdf")
for title, text in (("Rain", f"It rains.\\n\\n[more](/media/{{file.sha256}}.pdf)"), ("Sun", "It shines.")):
    create_post(blog=blog, author=blog.owner, title=title, text=text, status="published")
"""
BAD = """
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog, delete_blog
from bearblog.domain.media.services import delete_files
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post, delete_post, update_post
blog = Blog.objects.get()
delete_post(post=Post.objects.get(slug="rain"))
sun = Post.objects.get(slug="sun")
update_post(post=sun, title="Sun", text="It burns.", slug="sun", status="published")
create_post(blog=blog, title="Snow", text="It snows.")
delete_files(blog=blog, numbers=[blog.media_files.get().pk])
"""
# A process takes two seconds to begin; these commands follow each other in one.
COMMANDS = """
import json
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from django.core.management import execute_from_command_line
told = []
for arguments in {commands!r}:
    code, output, error = 0, StringIO(), StringIO()
    with redirect_stdout(output), redirect_stderr(error):
        try:
            execute_from_command_line(["manage.py", "past", *arguments])
        except SystemExit as stop:
            code = stop.code
    told.append([code, output.getvalue(), error.getvalue()])
print(json.dumps(told))
"""
REFUSED = {
    ("--blog", "nobody"): "there was no blog “nobody”. There were: notes.",
    ("--post", "fog"): "At /fog/ nothing differs",
    ("--bring-back", "--post", "snow"): "it cannot come back: Snow",
}

Looks = dict[tuple[str, ...], subprocess.CompletedProcess[str]]


@dataclass(frozen=True)
class Life:
    """A box on which something was written, and then a mistake was made; and the moment in between."""

    box: AppBox
    moment: str


@pytest.fixture(scope="module")
def lived(
    seaweed: Seaweed,
    shared_bucket: str,
    bucket_credentials: Path,
    migrated: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Life]:
    """The one life that all tests look back on; the waiting for its seconds is done once."""
    folder = tmp_path_factory.mktemp("past")
    box = AppBox(make_bucket(seaweed, f"{shared_bucket}/past", folder), folder / "box")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(bucket_credentials))
        try:
            box.install_copy(migrated)
            box.start()
            run(box, GOOD.format(source=folder / "rain.pdf"))
            MediaMirror(box.bucket, box.folder / "media").mirror()
            moment = await_next_second()
            await_next_second()
            run(box, BAD)
        finally:
            box.stop()
        yield Life(box, moment.isoformat())


@pytest.fixture(scope="module")
def looks(lived: Life) -> Looks:
    """What the command answers to looks, which change nothing, so that they share the box."""
    asked: list[tuple[str, ...]] = [("--diff",), *REFUSED]
    answers = dict(zip(asked, several(lived, *asked), strict=True))
    assert not left_behind(lived.box)
    return answers


@pytest.fixture
def life(lived: Life, tmp_path: Path) -> Iterator[Life]:
    """That life, on a copy of its box."""
    box = AppBox(lived.box.bucket, tmp_path / "copy")
    for file in [lived.box.installation_file, *lived.box.folder.glob("bearblog.sqlite3*")]:
        shutil.copy(file, box.folder)
    yield Life(box, lived.moment)
    assert not left_behind(box)


def run(box: AppBox, code: str) -> None:
    done = box.manage("shell", "--no-imports", "--command", code)
    assert done.returncode == 0, done.stderr
    control.wait_until_replicated(box.sync_socket, timeout=20)


def several(life: Life, *commands: Sequence[str]) -> list[subprocess.CompletedProcess[str]]:
    """What `bearblog past` says to each of these arguments, one after the other."""
    whole = [[life.moment, "--blog", "notes", *arguments] for arguments in commands]
    done = life.box.manage("shell", "--no-imports", "--command", COMMANDS.format(commands=whole))
    assert done.returncode == 0, done.stderr
    told = zip(whole, json.loads(done.stdout), strict=True)
    return [subprocess.CompletedProcess(arguments, *one) for arguments, one in told]


def left_behind(box: AppBox) -> list[Path]:
    return list((box.folder / "cache" / "past").glob("*.sqlite3*"))


def await_next_second() -> datetime:
    """A moment that lies, for a bucket which counts in seconds, after all that was written."""
    begun = datetime.now(UTC)
    await_true(lambda: datetime.now(UTC).second != begun.second)
    return datetime.now(UTC)


def test_what_differs_is_shown_with_both_texts(
    looks: Looks,
) -> None:
    done = looks[("--diff",)]
    assert done.returncode == 0, done.stderr
    first, _, _, *rows = done.stdout.split("\n")
    assert first == "3 things differ."
    assert [row.split() for row in rows[:3]] == [
        ["gone", "post", "/rain/", "Rain"],
        ["changed", "post", "/sun/", "Sun", "text"],
        ["new", "since", "post", "/snow/", "Snow"],
    ]
    assert "- It burns.\n+ It shines." in done.stdout
    assert "It snows." not in done.stdout


def test_one_post_comes_back_with_its_file_and_nothing_else_is_touched(life: Life) -> None:
    one = ("--bring-back", "--post", "rain", "--published", "--json")
    done = life.box.manage("past", life.moment, "--blog", "notes", *one)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["brought_back"]
    assert (told["posts"], told["drafts"], told["media"], told["problems"]) == (1, 0, 1, [])
    assert life.box.value("SELECT status FROM posts_post WHERE slug = 'rain'") == "published"
    assert life.box.value("SELECT text FROM posts_post WHERE slug = 'sun'") == "It burns."
    assert [file.read_bytes() for file in life.box.folder.glob("media/*/*")] == [b"%PDF-1.7 of rain"]
    noted = life.box.value("SELECT actor || ': ' || action || ' ' || target FROM moderation_auditentry")
    assert noted == "the command line: bring back blog notes (Notes)"


def test_everything_comes_back_and_a_second_time_nothing(life: Life) -> None:
    everything = ("--bring-back", "--everything")
    published = (*everything, "--published")
    done, again, last = several(life, everything, (*published, "--json"), published)
    assert done.stdout.startswith(
        "Back on notes: 1 posts and pages that were gone (1 of them drafts), 1 files"
    )
    assert "Set to what it was: “Sun”." in done.stdout
    assert json.loads(again.stdout)["brought_back"]["changed"] == ["“Rain”"]
    assert "Snow" in last.stdout
    assert life.box.value("SELECT text FROM posts_post WHERE slug = 'sun'") == "It shines."
    assert life.box.value("SELECT count(*) FROM posts_post") == 3


@pytest.mark.parametrize(("arguments", "sentence"), REFUSED.items())
def test_what_was_not_there_is_said(looks: Looks, arguments: tuple[str, ...], sentence: str) -> None:
    done = looks[arguments]
    assert done.returncode != 0
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("kept_signals")
@pytest.mark.parametrize(
    ("moment", "arguments", "sentence"),
    [
        ("2001-01-01T00:00:00Z", [], "No replica reaches back to 2001-01-01"),
        ("2999-01-01T00:00:00Z", [], "lies in the future"),
        ("2026-01-01T00:00:00Z", ["--bring-back"], "Say what to bring back"),
    ],
)
def test_what_cannot_be_done_is_said(
    life: Life, call: Call, moment: str, arguments: list[str], sentence: str
) -> None:
    code, _, error = call(life.box, "past", moment, "--blog", "notes", *arguments)
    assert code != 0
    assert sentence in error
    assert list(Path(settings.CACHE_DIR).glob("past/*.sqlite3*")) == []


@pytest.mark.usefixtures("kept_signals")
def test_a_box_without_a_replica_says_what_is_missing(migrated: Path, tmp_path: Path, call: Call) -> None:
    box = AppBox(Bucket("rclone", "", "litestream", ""), tmp_path / "unset")
    shutil.copyfile(migrated, box.database)
    error = call(box, "past", "2026-01-01T00:00:00Z", "--blog", "notes")[2]
    assert "BEARBLOG_REPLICA_URL is empty" in error


def test_a_replaced_box_shows_the_past_and_brings_nothing_back(life: Life) -> None:
    (life.box.folder / "superseded.json").write_text("{}")
    shown, refused = several(life, (), ("--bring-back", "--everything"))
    assert shown.returncode == 0
    assert "Another box took over" in refused.stderr
    assert life.box.value("SELECT count(*) FROM posts_post") == 2


@pytest.mark.usefixtures("kept_signals")
def test_only_one_looks_back_at_a_time_and_a_stop_leaves_nothing(
    life: Life, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "CACHE_DIR", life.box.folder / "cache")
    life.box.bucket = with_stuck_restore(life.box.bucket, tmp_path)
    command = [sys.executable, "manage.py", "past", life.moment, "--blog", "notes"]
    with subprocess.Popen(
        command, cwd=TREE, env=life.box.environment(), stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert "Fetching from" in process.stderr.readline()
        assert "Another moment is being opened just now" in call(life.box, *command[2:])[2]
        process.terminate()
        assert process.wait(timeout=10) == 1


def test_the_worker_opens_what_the_desk_asks_for_and_closes_it_when_it_starts(life: Life) -> None:
    life.box.execute(
        "INSERT INTO transfer_opening (moment, blog_name, asked_at, used_at, state, said, wished)"
        " VALUES (?, 'notes', ?, ?, 'asked', '[]', '{}')",
        *[life.moment.replace("T", " ").removesuffix("+00:00")] * 3,
    )
    # As if it had been asked just now, so that it does not close by itself.
    life.box.execute("UPDATE transfer_opening SET used_at = datetime('now')")
    life.box.start_worker()
    await_true(lambda: life.box.value("SELECT state FROM transfer_opening") == "open")
    (opened,) = left_behind(life.box)
    with closing(sqlite3.connect(opened)) as past:
        assert past.execute("SELECT text FROM posts_post WHERE slug = 'sun'").fetchall() == [("It shines.",)]
    assert "Traceback" not in life.box.stop_worker()[1]
    life.box.start_worker()
    assert life.box.value("SELECT state FROM transfer_opening") == "closed"
    life.box.stop_worker()
