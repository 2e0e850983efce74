"""An old box wrote on after it was replaced: what only it has is brought into a folder."""

import dataclasses
import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from bearblog.engines.replication import control, current
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.media import MediaMirror
from bearblog.lib import file_lock
from tests.app_box import AppBox
from tests.bearblog.ops.conftest import Call
from tests.replicas import make_folder_bucket, with_stuck_restore

WRITING_ON = """
from pathlib import Path
from bearblog.domain.blogs.models import Blog
from bearblog.domain.media.services import add_file
from bearblog.domain.posts.services import create_post
blog = Blog.objects.get()
create_post(blog=blog, title="Written too late", text="Only here.", author=blog.owner)
for name in ("paper.pdf", "lost.pdf"):
    source = Path({folder!r}) / name
    source.write_bytes(b"%PDF-1.7 " + name.encode())
    add_file(blog=blog, uploaded_by=blog.owner, source=source, name=name)
"""


@dataclass(frozen=True)
class Parted:
    """Two boxes on one bucket; both are switched off."""

    old: AppBox
    new: AppBox
    before_writing_on: datetime


@pytest.fixture(scope="module")
def parted(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Parted:
    """The old box wrote on after the new one had been restored from its replica."""
    folder = tmp_path_factory.mktemp("parted")
    bucket = make_folder_bucket(folder)
    old, new = AppBox(bucket, folder / "old"), AppBox(bucket, folder / "new")
    old.install_copy(migrated)
    try:
        old.start()
        control.wait_until_replicated(old.sync_socket, timeout=20)
        new.restore()
        put_takeover_back(bucket)
        before = datetime.now(UTC)
        done = old.manage("shell", "--no-imports", "--command", WRITING_ON.format(folder=str(folder)))
        assert done.returncode == 0, done.stderr
        control.wait_until_replicated(old.sync_socket, timeout=20)
        MediaMirror(bucket, old.folder / "media").mirror()
        bucket.delete(f"media/{path_of(old, 'lost.pdf')}")
        new.start()
        control.wait_until_replicated(new.sync_socket, timeout=20)
    finally:
        old.stop()
        new.stop()
    return Parted(old, new, before)


def put_takeover_back(bucket: Bucket) -> None:
    """Lets the takeover lie a minute back: within its own second nobody can tell before from after."""
    found = current.read(bucket)
    assert found is not None
    earlier = dataclasses.replace(found.living, since=found.living.since - timedelta(minutes=1))
    current.write(bucket, dataclasses.replace(found, history=(*found.history[:-1], earlier)))


def path_of(old: AppBox, name: str) -> str:
    """Where the bytes of this file lie, below the folder of media."""
    sha256 = str(old.value("SELECT sha256 FROM media_mediafile WHERE name = ?", name))
    return f"{sha256[:2]}/{sha256}.pdf"


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file below the folder but what SQLite keeps beside an open database."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.name.endswith("-shm"))
    return {str(file): file.read_bytes() for file in files}


def test_what_only_the_old_box_has_is_written(parted: Parted, tmp_path: Path, call: Call) -> None:
    box, folder = parted.new, tmp_path / "only-there"
    before = bytes_of(box.folder), bytes_of(box.folder.parent / "replica")
    code, output, _ = call(box, "replicas", "export", parted.old.prefix, "--to", str(folder))
    assert code == 0
    report = (folder / "report.txt").read_text()
    assert output.startswith(report.rstrip())
    assert report.startswith(f"{parted.old.prefix}, as it was last: 20")
    told = [line for line in report.splitlines()[2:] if "pdf" not in line]
    assert told[0].split() == ["blog", "what", "state", "changed", "there", "changed", "here", "file"]
    assert len(told) == 2
    assert told[1].startswith("notes  post /written-too-late/  only there  20")
    assert told[1].endswith("notes/posts/written-too-late.md")
    written = (folder / "notes/posts/written-too-late.md").read_text()
    assert written.startswith('---\ntitle: "Written too late"\n')
    assert written.endswith("\nOnly here.")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (bytes_of(box.folder), bytes_of(box.folder.parent / "replica")) == before
    assert [file.name for file in Path(settings.CACHE_DIR).glob("replica-export*")] == ["replica-export.lock"]


def test_its_media_files_come_from_the_bucket(parted: Parted, tmp_path: Path, call: Call) -> None:
    call(parted.new, "replicas", "export", parted.old.prefix, "--to", str(tmp_path / "to"))
    paper, lost = path_of(parted.old, "paper.pdf"), path_of(parted.old, "lost.pdf")
    [file] = (tmp_path / "to/notes/media").iterdir()
    assert file.name == Path(paper).name
    assert file.read_bytes() == b"%PDF-1.7 paper.pdf"
    index = (tmp_path / "to/notes/media.json").read_text()
    assert Path(paper).stem in index
    assert Path(lost).stem in index
    report = (tmp_path / "to/report.txt").read_text()
    assert report.endswith(f"\nNeither here nor in the bucket: {lost}\n")
    assert report.count("file paper.pdf ") == report.count("file lost.pdf ") == 1


def test_a_file_that_the_bucket_has_in_part_counts_as_missing(
    parted: Parted, tmp_path: Path, call: Call
) -> None:
    paper = f"media/{path_of(parted.old, 'paper.pdf')}"
    whole = parted.new.bucket.read(paper) or b""
    parted.new.bucket.write(paper, whole[:-1])
    try:
        call(parted.new, "replicas", "export", parted.old.prefix, "--to", str(tmp_path / "to"))
    finally:
        parted.new.bucket.write(paper, whole)
    assert (tmp_path / "to/report.txt").read_text().count("Neither here nor in the bucket") == 2
    assert not (tmp_path / "to/notes/media").exists()


def test_the_list_says_that_the_old_box_wrote_on(parted: Parted, call: Call) -> None:
    box_id = parted.old.prefix[-8:]
    assert call(parted.new, "replicas")[1].endswith(f"bearblog replicas export {box_id} --to FOLDER\n")
    went_on = {one["prefix"]: one["went_on"] for one in json.loads(call(parted.new, "replicas", "--json")[1])}
    assert went_on == {parted.new.prefix: False, parted.old.prefix: True}


def test_what_did_not_change_since_is_left_out(parted: Parted, tmp_path: Path, call: Call) -> None:
    for since, count in ((parted.before_writing_on, 1), (datetime.now(UTC), 0)):
        folder = tmp_path / f"since-{count}"
        arguments = ("--to", str(folder), "--since", since.isoformat())
        assert call(parted.new, "replicas", "export", parted.old.prefix[-8:], *arguments)[0] == 0
        report = (folder / "report.txt").read_text()
        assert ("Nothing is only there.\n" in report) == (count == 0)
        assert len(list(folder.glob("notes/posts/*"))) == count


def test_it_runs_as_a_box_runs_it_over_a_real_bucket(bucket: Bucket, migrated: Path, tmp_path: Path) -> None:
    old, new = AppBox(bucket, tmp_path / "old"), AppBox(bucket, tmp_path / "new")
    old.install_copy(migrated)
    new.claim(start_new=True)
    shutil.copyfile(migrated, new.database)
    old.execute("UPDATE blogs_blog SET home_text = 'Only here.'")
    try:
        for box in (old, new):
            box.start()
            control.wait_until_replicated(box.sync_socket, timeout=20)
        shown = new.manage("replicas", "--json")
        assert [one["prefix"] for one in json.loads(shown.stdout)] == [new.prefix, old.prefix]
        done = new.manage("replicas", "export", old.prefix, "--to", str(tmp_path / "to"))
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "to/notes/home.md").read_text() == "Only here."
        kept = new.manage("replicas", "delete", old.prefix, "--yes")
        assert (kept.returncode, "is kept until" in kept.stderr) == (1, True)
        assert new.manage("replicas", "export", "--to", "x").returncode != 0
    finally:
        old.stop()
        new.stop()


def refusal(call: Call, box: AppBox, prefix: str, folder: Path | str, *arguments: str) -> str:
    """What is said; nothing may be left in the folder."""
    before = bytes_of(Path(folder))
    code, output, error = call(box, "replicas", "export", prefix, "--to", str(folder), *arguments)
    assert (code, output) == (1, "")
    assert bytes_of(Path(folder)) == before
    return error


def test_the_living_replica_is_not_exported(parted: Parted, tmp_path: Path, call: Call) -> None:
    assert "is the living replica" in refusal(call, parted.new, parted.new.prefix, tmp_path / "to")


def test_a_replaced_box_exports_nothing(parted: Parted, tmp_path: Path, call: Call) -> None:
    error = refusal(call, parted.old, parted.old.prefix, tmp_path / "to")
    assert f"that is {parted.new.prefix}, at https://second.example/. Export there" in error


def test_a_prefix_that_is_not_there_is_refused(parted: Parted, tmp_path: Path, call: Call) -> None:
    assert "holds no replica 'nothing'" in refusal(call, parted.new, "nothing", tmp_path / "to")


def test_a_prefix_without_a_state_is_refused(parted: Parted, tmp_path: Path, call: Call) -> None:
    name = "replica/20200101T000000Z-00c0ffee"
    parted.new.bucket.write(f"{name}/note.txt", b"by hand")
    try:
        error = refusal(call, parted.new, name, tmp_path / "to")
    finally:
        parted.new.bucket.delete_folder(name, seconds=10)
    assert "holds nothing that can be restored" in error


def test_a_folder_that_is_not_empty_is_refused(parted: Parted, tmp_path: Path, call: Call) -> None:
    (tmp_path / "to").mkdir()
    (tmp_path / "to/mine").write_text("mine")
    assert "is not empty" in refusal(call, parted.new, parted.old.prefix, tmp_path / "to")


def test_a_folder_that_cannot_be_made_is_refused(parted: Parted, tmp_path: Path, call: Call) -> None:
    (tmp_path / "file").write_text("")
    error = refusal(call, parted.new, parted.old.prefix, tmp_path / "file/to")
    assert f"Name a folder below {parted.new.folder}" in error
    assert "must be an absolute path" in refusal(call, parted.new, parted.old.prefix, "some/folder")
    assert "no moment with a time zone" in refusal(
        call, parted.new, parted.old.prefix, tmp_path / "to", "--since", "yesterday"
    )


def test_two_exports_at_once_are_one_too_many(parted: Parted, tmp_path: Path, call: Call) -> None:
    with file_lock.held(Path(settings.CACHE_DIR) / "replica-export.lock"):
        assert "Another export is under way" in refusal(call, parted.new, parted.old.prefix, tmp_path / "to")


def test_what_a_killed_export_left_is_removed(parted: Parted, tmp_path: Path, call: Call) -> None:
    left = Path(settings.CACHE_DIR) / "replica-export"
    left.mkdir()
    (left / "there.sqlite3").write_bytes(b"half of it")
    assert call(parted.new, "replicas", "export", parted.old.prefix, "--to", str(tmp_path / "to"))[0] == 0
    assert not left.exists()


def test_a_restore_that_hangs_is_given_up(
    parted: Parted, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bearblog.ops.replica_export._SECONDS", 1.0)
    stuck = AppBox(with_stuck_restore(parted.new.bucket, tmp_path), tmp_path / "stuck")
    for file in ("installation.json", "bearblog.sqlite3"):
        shutil.copyfile(parted.new.folder / file, stuck.folder / file)
    assert "did not end within 1 seconds" in refusal(call, stuck, parted.old.prefix, tmp_path / "to")


def test_a_damaged_replica_is_told(parted: Parted, tmp_path: Path, call: Call) -> None:
    copied = tmp_path / "bucket"
    shutil.copytree(parted.new.folder.parent / "replica", copied / "replica")
    (copied / "rclone.conf").write_text(f"[bucket]\ntype = alias\nremote = {copied}/replica\n")
    damaged = AppBox(
        dataclasses.replace(
            parted.new.bucket,
            rclone_config=str(copied / "rclone.conf"),
            replica_url=f"file://{copied}/replica/{{prefix}}",
        ),
        tmp_path / "box",
    )
    shutil.copyfile(parted.new.installation_file, damaged.installation_file)
    shutil.copyfile(parted.new.database, damaged.database)
    for file in (copied / "replica" / parted.old.prefix).rglob("*.ltx"):
        file.write_bytes(file.read_bytes()[:-40])
    assert "is damaged or not whole" in refusal(call, damaged, parted.old.prefix, tmp_path / "to")


def test_a_bucket_without_current_is_refused(folder_bucket: Bucket, tmp_path: Path, call: Call) -> None:
    bare = AppBox(folder_bucket, tmp_path / "bare")
    assert "no object `current`" in refusal(call, bare, "00c0ffee", tmp_path / "to")
    folder_bucket.write(current.OBJECT, b"{")
    assert "is damaged" in refusal(call, bare, "00c0ffee", tmp_path / "to")
