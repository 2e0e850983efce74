"""backup.sh: what it makes, what it keeps, and when it refuses."""

import fcntl
import json
import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing
from pathlib import Path

import pytest

from deploy.stage.seaweed import Seaweed
from tests.backup.scratch_box import PREFIX, ScratchBox


def unpack(file: Path, target: Path) -> sqlite3.Connection:
    subprocess.run(["zstd", "-dqf", str(file), "-o", str(target)], check=True)
    return sqlite3.connect(target)


def test_a_set_lies_on_disk_and_in_the_bucket(box: ScratchBox, seaweed: Seaweed, bucket_name: str) -> None:
    media = box.write_media(b"a picture")
    (box.data / "media/upload.tmp").write_bytes(b"half of it")
    said = box.succeed("backup.sh", "--now")
    stamp = box.sets()[-1]
    files = {"database.sqlite3.zst", "media.txt", "private.tar.zst.age", "manifest.json"}
    assert {file.name for file in (box.backups / stamp).iterdir()} == files
    assert (box.backups / stamp / "media.txt").read_text() == f"{media}\n"
    assert set(seaweed.object_keys(bucket_name)) == {
        f"media/{media}",
        *(f"backups/daily/{stamp}/{name}" for name in files),
        *(f"backups/monthly/{stamp}/{name}" for name in files),
    }
    assert "on this disk and in the bucket" in said
    assert "folder" not in said


def test_the_manifest_says_where_a_set_comes_from(saved_box: ScratchBox) -> None:
    stamp = saved_box.sets()[-1]
    manifest = json.loads((saved_box.backups / stamp / "manifest.json").read_text())
    assert manifest["stamp"] == stamp
    assert manifest["prefix"] == PREFIX
    assert manifest["rows"] == {"blog": 1, "post": 1}
    assert manifest["release"]
    assert manifest["sqlite"].startswith("3.")


def test_a_copy_taken_while_others_write_is_whole(box: ScratchBox, tmp_path: Path) -> None:
    done = threading.Event()
    written = 0

    def write() -> None:
        nonlocal written
        with closing(sqlite3.connect(box.database, timeout=30)) as connection:
            while not done.is_set():
                with connection:
                    connection.execute("INSERT INTO blog (title) VALUES ('more')")
                    blog = connection.execute("SELECT max(id) FROM blog").fetchone()[0]
                    connection.execute("INSERT INTO post (blog, body) VALUES (?, 'more')", (blog,))
                written += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        stamp = box.back_up()
    finally:
        done.set()
        writer.join()
    with closing(unpack(box.backups / stamp / "database.sqlite3.zst", tmp_path / "copy")) as copy:
        blogs = copy.execute("SELECT count(*) FROM blog").fetchone()[0]
        posts = copy.execute("SELECT count(*) FROM post").fetchone()[0]
    assert 1 <= blogs == posts <= written + 1
    assert written > 10


def test_nothing_private_can_be_read_in_a_set(saved_box: ScratchBox) -> None:
    for file in (saved_box.backups / saved_box.sets()[-1]).iterdir():
        assert b"the-secret-key-of-this-box" not in file.read_bytes()


def test_a_named_box_without_a_bucket_sends_to_its_folder_and_says_that_this_dies_with_it(
    box: ScratchBox,
) -> None:
    (box.bucket / "current").write_text(json.dumps({"prefix": PREFIX}))
    assert "a folder on this same disk: it dies with it" in box.succeed("backup.sh", "--now")
    assert (box.bucket / "backups/daily").exists()


def test_a_box_without_a_key_makes_a_set_without_the_private_part(box: ScratchBox) -> None:
    (box.credentials / "backup_key").unlink()
    assert "left out" in box.succeed("backup.sh", "--now")
    assert not (box.backups / box.sets()[-1] / "private.tar.zst.age").exists()
    assert "none in this set" in box.succeed("verify.sh", "latest")


def test_old_and_unfinished_sets_go_and_other_files_stay(box: ScratchBox) -> None:
    for day in range(1, 10):
        folder = box.backups / f"2020010{day}T000000Z"
        folder.mkdir()
        (folder / "manifest.json").write_text("{}")
    (box.backups / ".partial-20200101T000000Z").mkdir()
    (box.backups / "notes").mkdir()
    (box.backups / "notes/manifest.json").write_text("the operator's own")
    stamp = box.back_up()
    assert box.sets() == [*(f"2020010{day}T000000Z" for day in range(4, 10)), stamp]
    assert (box.backups / "notes/manifest.json").exists()
    assert list(box.backups.glob(".partial-*")) == []


def test_the_bucket_keeps_35_days_and_12_months(box: ScratchBox, seaweed: Seaweed, bucket_name: str) -> None:
    client = seaweed.client()
    days = [f"2020{month:02}{day:02}T000000Z" for month in (1, 2) for day in range(1, 21)]
    months = [f"2019{month:02}01T000000Z" for month in range(1, 13)]
    for shelf, stamps in (("daily", days), ("monthly", months)):
        for stamp in stamps:
            client.put_object(Bucket=bucket_name, Key=f"backups/{shelf}/{stamp}/manifest.json", Body=b"{}")
    stamp = box.back_up()
    for shelf, expected in (("daily", [*days[-34:], stamp]), ("monthly", [*months[1:], stamp])):
        keys = seaweed.object_keys(bucket_name, f"backups/{shelf}/")
        assert sorted({key.split("/")[2] for key in keys}) == expected


@pytest.fixture
def second_bucket(box: ScratchBox, seaweed: Seaweed, bucket_name: str) -> str:
    """Another bucket, whose keys lie in a file of their own."""
    name = f"{bucket_name}-second"
    seaweed.make_bucket(name)
    keys = box.credentials / "second_bucket"
    seaweed.write_credentials(keys)
    keys.write_text(keys.read_text().replace("[default]", "[second]"))
    seaweed.add_second_bucket(box.rclone_config, name)
    return name


def test_a_second_bucket_gets_set_and_media_and_a_mark_says_so(
    box: ScratchBox, seaweed: Seaweed, bucket_name: str, second_bucket: str
) -> None:
    media = box.write_media(b"a picture")
    said = box.succeed("backup.sh", "--now")
    stamp = box.sets()[-1]
    assert "on this disk and in the bucket, and in the second one" in said
    assert seaweed.object_keys(second_bucket) == seaweed.object_keys(bucket_name)
    assert f"media/{media}" in seaweed.object_keys(second_bucket)
    assert (box.data / "second-bucket").read_text() == f"{stamp}\n"
    assert (box.data / "second-bucket").stat().st_mode & 0o777 == 0o640


def test_the_second_bucket_can_take_the_place_of_the_first(
    box: ScratchBox, seaweed: Seaweed, second_bucket: str
) -> None:
    media = box.write_media(b"a picture")
    box.succeed("backup.sh", "--now")
    (box.data / "media" / media).unlink()
    seaweed.write_rclone_config(box.rclone_config, second_bucket)
    assert "1 named, 1 of them only in the bucket" in box.succeed("verify.sh", "bucket:latest")


def test_a_second_bucket_with_a_wrong_key_fails_plainly_after_all_else(
    box: ScratchBox, seaweed: Seaweed, bucket_name: str, second_bucket: str
) -> None:
    (box.credentials / "second_bucket").write_text(
        "[second]\naws_access_key_id = nobody\naws_secret_access_key = nothing\n"
    )
    said = box.refuse("backup.sh", "--now")
    assert "the set is safe in the bucket, but the second bucket did not take it" in said
    assert f"backups/daily/{box.sets()[-1]}/manifest.json" in seaweed.object_keys(bucket_name)
    assert seaweed.object_keys(second_bucket) == []
    assert not (box.data / "second-bucket").exists()


def test_a_second_backup_of_a_month_goes_to_the_days_only(saved_box: ScratchBox) -> None:
    first = saved_box.sets()[-1]
    daily, monthly = saved_box.bucket / "backups/daily", saved_box.bucket / "backups/monthly"
    shutil.rmtree(monthly)
    shutil.copytree(daily / first, monthly / first)
    second = saved_box.back_up()
    assert {set_.name for set_ in daily.iterdir()} == {first, second}
    assert [set_.name for set_ in monthly.iterdir()] == [first]


def test_a_bucket_that_is_down_leaves_the_local_set_and_fails_plainly(
    box: ScratchBox, seaweed: Seaweed, bucket_name: str
) -> None:
    config = box.rclone_config.read_text()
    box.rclone_config.write_text(config.replace(seaweed.endpoint, "http://127.0.0.1:9"))
    said = box.refuse("backup.sh", "--now")
    assert f"the set is kept in {box.backups}/{box.sets()[-1]}, but the bucket cannot be reached" in said
    assert "connection refused" in said
    box.succeed("verify.sh", "latest")


def test_a_wrong_bucket_key_fails_plainly(box: ScratchBox, seaweed: Seaweed, bucket_name: str) -> None:
    credentials = box.credentials / "bucket"
    credentials.write_text(credentials.read_text().replace(seaweed.secret_key, "wrong"))
    assert "but the bucket cannot be reached" in box.refuse("backup.sh", "--now")
    assert seaweed.object_keys(bucket_name) == []


def test_a_box_that_was_replaced_sends_nothing(box: ScratchBox) -> None:
    history = [{"prefix": PREFIX}, {"prefix": "replica/20261121T000000Z-ffffffff"}]
    page = json.dumps({"history": history, "prefix": history[1]["prefix"]})
    (box.bucket / "current").write_text(page)
    assert "the bucket belongs to another box by now" in box.refuse("backup.sh", "--now")
    assert not (box.bucket / "backups/daily").exists()
    assert len(box.sets()) == 1


def test_a_disk_that_is_short_of_space_is_refused_before_anything_is_written(box: ScratchBox) -> None:
    box.settings["BEARBLOG_SPARE_BYTES"] = str(2**60)
    assert "is short of space" in box.refuse("backup.sh", "--now")
    assert box.sets() == []
    assert not (box.bucket / "backups/daily").exists()


def test_two_backups_at_once_are_refused(box: ScratchBox) -> None:
    with (box.backups / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "another backup, restore or release is at work" in box.refuse("backup.sh", "--now")
    assert box.sets() == []


def test_a_damaged_database_makes_no_set_and_deletes_none(saved_box: ScratchBox) -> None:
    box, good = saved_box, saved_box.sets()[-1]
    with closing(sqlite3.connect(box.database)) as connection:
        connection.execute("INSERT INTO post VALUES (9, 999, 'points at no blog')")
        connection.commit()
    assert "points at a missing row of 'blog'" in box.refuse("backup.sh", "--now")
    assert box.sets() == [good]
    assert list(box.backups.glob(".partial-*")) == []


def test_media_that_are_still_coming_in_are_named_from_the_bucket(saved_box: ScratchBox) -> None:
    media = saved_box.write_media(b"a picture")
    (saved_box.data / "media" / media).unlink()
    (saved_box.data / "media-incoming").touch()
    stamp = saved_box.back_up()
    assert (saved_box.backups / stamp / "media.txt").read_text() == f"{media}\n"


def test_a_box_without_a_database_is_refused(box: ScratchBox) -> None:
    box.database.unlink()
    assert "there is no database" in box.refuse("backup.sh", "--now")


def test_what_is_to_be_replaced_is_kept_apart_and_can_be_brought_back(saved_box: ScratchBox) -> None:
    before = saved_box.sets()
    saved_box.write_post("Later")
    kept = Path(saved_box.succeed("backup.sh", "--before-restore").splitlines()[-1])
    assert kept.parent == saved_box.backups
    assert kept.name.startswith("before-restore-2")
    assert saved_box.sets() == before
    assert len(list((saved_box.bucket / "backups/daily").iterdir())) == 1
    assert "2 rows" not in saved_box.succeed("verify.sh", str(kept))
    with closing(unpack(kept / "database.sqlite3.zst", saved_box.root / "old.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM post").fetchone() == (2,)


def test_a_lost_picture_does_not_keep_it_from_being_kept(saved_box: ScratchBox) -> None:
    for file in [*(saved_box.bucket / "media").rglob("*.webp"), *(saved_box.data / "media").rglob("*.webp")]:
        file.unlink()
    assert "before-restore-" in saved_box.succeed("backup.sh", "--before-restore")


def test_a_damaged_database_cannot_be_kept_so_and_the_exit_code_says_so(saved_box: ScratchBox) -> None:
    saved_box.database.write_bytes(b"no database, and long enough to be read as one " * 100)
    assert saved_box.run("backup.sh", "--before-restore").returncode == 3
    assert not list(saved_box.backups.glob("*before-restore*"))


def test_a_full_disk_is_another_matter(saved_box: ScratchBox) -> None:
    saved_box.settings["BEARBLOG_SPARE_BYTES"] = str(1 << 50)
    done = saved_box.run("backup.sh", "--before-restore")
    assert done.returncode == 1
    assert "is short of space" in done.stderr
