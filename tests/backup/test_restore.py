"""restore.sh: a set comes back, what was there lies aside, and a failure leaves the box as it was."""

import json
import shutil
from pathlib import Path

import pytest

from deploy.stage.seaweed import Seaweed
from tests.backup.scratch_box import PREFIX, ScratchBox, make_key

NEW_PREFIX = "replica/20261121T111111Z-ffffffff"


@pytest.fixture
def box(saved_box: ScratchBox) -> ScratchBox:
    """A box that has a backup set to speak of."""
    return saved_box


@pytest.fixture(autouse=True)
def programs(box: ScratchBox) -> Path:
    """The two programs that a scratch box cannot have; they note how they were called."""
    claimed = json.dumps({"prefix": NEW_PREFIX, "claimed": True})
    # Nothing runs, where somebody asks.
    write_program(box, "systemctl", "[[ $1 != is-active ]]")
    write_program(box, "bearblog", f"{PREPARES}\n{claims(box, claimed)}")
    return box.root / "calls"


PREPARES = (
    """[[ $1 != prepare_restored ]] || echo '{"found": "2 pages", "warnings": []}' >"$2/prepared.json" """
)


def claims(box: ScratchBox, page: str) -> str:
    return f"[[ $1 != claim_replica ]] || echo '{page}' >{box.data}/installation.json"


def write_program(box: ScratchBox, name: str, body: str) -> None:
    file = box.root / "bin" / name
    file.write_text(f'#!/bin/bash\necho "{name} $*" >>{box.root}/calls\n{body}\n')
    file.chmod(0o755)


def aside(box: ScratchBox) -> Path:
    """The folder where what was there lies, as if it were the root."""
    (found,) = box.backups.glob("aside-*")
    return found


def below(folder: Path, path: Path) -> Path:
    return folder / path.relative_to("/")


def test_a_set_comes_back_into_an_empty_place(box: ScratchBox) -> None:
    box.database.unlink()
    box.succeed("restore.sh", "latest")
    assert box.posts() == ["Hello"]
    assert box.database.stat().st_mode & 0o777 == 0o660


def test_a_set_comes_back_from_the_bucket_of_a_lost_box(
    box: ScratchBox, seaweed: Seaweed, bucket_name: str
) -> None:
    stamp = box.back_up()
    (box.backups / stamp).rename(box.root / "lost")
    box.database.unlink()
    box.succeed("restore.sh", "bucket:latest")
    assert box.posts() == ["Hello"]


def test_a_box_that_holds_a_database_is_refused(box: ScratchBox, programs: Path) -> None:
    box.write_post("Later")
    assert "--replace moves it aside" in box.refuse("restore.sh", "latest")
    assert box.posts() == ["Hello", "Later"]
    assert not programs.exists()


def test_what_was_there_lies_aside(box: ScratchBox) -> None:
    box.write_post("Later")
    box.write_certificate("later.example", "second")
    (box.root / "litestream/state").write_text("of the old prefix")
    box.succeed("restore.sh", "latest", "--replace")
    old = aside(box)
    assert box.posts() == ["Hello"]
    assert ScratchBox(below(old, box.root)).posts() == ["Hello", "Later"]
    assert below(old, box.caddy / "certificates/local/later.example/later.example.crt").exists()
    assert below(old, box.root / "litestream/state").exists()
    assert list((box.root / "litestream").iterdir()) == []
    assert not (box.caddy / "certificates/local/later.example").exists()


def test_no_page_of_another_time_is_served(box: ScratchBox) -> None:
    cache = box.root / "cache"
    for page in (
        "pages/a-release/sites/1/7/alice.example/index.html",
        "last/.sites/1/1/alice.example/index.html",
    ):
        (cache / page).parent.mkdir(parents=True)
        (cache / page).write_text("of another time")
    (cache / "cache.sqlite3").touch()
    box.succeed("restore.sh", "latest", "--replace")
    assert [left.name for left in cache.iterdir()] == ["cache.sqlite3"]


def test_the_restored_box_has_a_prefix_of_its_own(box: ScratchBox) -> None:
    box.succeed("restore.sh", "latest", "--replace")
    assert (box.root / "litestream.yml").read_text() == f"url: file:///bucket/{NEW_PREFIX}\n"
    assert PREFIX in below(aside(box), box.data / "installation.json").read_text()


def test_a_lost_picture_costs_no_word(box: ScratchBox) -> None:
    media = box.write_media(b"a picture")
    (box.data / "media" / media).unlink()
    (box.bucket / "media" / media).unlink()
    box.succeed("restore.sh", "latest", "--replace")
    assert (box.data / "bearblog.sqlite3").exists()


def test_services_stop_first_and_start_last(box: ScratchBox, programs: Path) -> None:
    box.succeed("restore.sh", "latest", "--replace")
    calls = programs.read_text().splitlines()
    assert calls[0].startswith(f"bearblog prepare_restored {box.data}/bearblog.sqlite3.restoring-")
    assert calls[1].startswith("systemctl stop bearblog.socket")
    assert [call.split()[:2] for call in calls[2:]] == [
        ["bearblog", "claim_replica"],
        ["bearblog", "rebuild_hosts"],
        ["systemctl", "start"],
        ["systemctl", "start"],
        ["bearblog", "wait_replicated"],
    ]
    assert calls[1].split()[2:] == calls[-3].split()[2:]
    assert calls[-2] == "systemctl start --no-block bearblog-media-restore.service"
    assert (box.data / "media-incoming").exists()


def test_certificates_and_secret_key_come_back_too(box: ScratchBox) -> None:
    box.write_certificate("blog.example", "another")
    (box.credentials / "secret_key").write_text("another")
    box.succeed("restore.sh", "latest", "--replace")
    assert (box.caddy / "certificates/local/blog.example/blog.example.crt").read_text() == "first"
    assert (box.credentials / "secret_key").read_text() == "the-secret-key-of-this-box"


def test_database_only_leaves_certificates_and_caddy_alone(box: ScratchBox, programs: Path) -> None:
    box.write_certificate("blog.example", "newer")
    box.succeed("restore.sh", "latest", "--replace", "--database-only")
    assert (box.caddy / "certificates/local/blog.example/blog.example.crt").read_text() == "newer"
    assert "caddy" not in programs.read_text()


def test_a_damaged_set_touches_nothing(box: ScratchBox, programs: Path) -> None:
    stamp = box.sets()[-1]
    (box.backups / stamp / "database.sqlite3.zst").write_bytes(b"damaged")
    assert "is damaged" in box.refuse("restore.sh", stamp, "--replace")
    assert box.posts() == ["Hello"]
    assert not programs.exists()


def test_a_wrong_key_touches_nothing(box: ScratchBox, programs: Path) -> None:
    make_key(box.credentials / "backup_key")
    assert "cannot be opened" in box.refuse("restore.sh", "latest", "--replace")
    assert not programs.exists()


def test_an_unreachable_bucket_touches_nothing(box: ScratchBox, programs: Path) -> None:
    box.name_bucket(box.root / "calls-no-folder")
    assert "nothing was touched" in box.refuse("restore.sh", "latest", "--replace")
    assert not programs.exists()


def test_a_restore_that_cannot_claim_a_prefix_puts_everything_back(box: ScratchBox) -> None:
    box.write_post("Later")
    box.write_certificate("later.example", "second")
    write_program(
        box, "bearblog", "[[ $1 != claim_replica ]] || { echo 'the bucket went away' >&2; exit 1; }"
    )
    said = box.refuse("restore.sh", "latest", "--replace")
    assert "the bucket went away" in said
    assert "everything is back as it was" in said
    assert box.posts() == ["Hello", "Later"]
    assert PREFIX in (box.data / "installation.json").read_text()
    assert (box.caddy / "certificates/local/later.example/later.example.crt").exists()
    assert (box.credentials / "secret_key").read_text() == "the-secret-key-of-this-box"


def test_a_prefix_that_is_not_claimed_puts_everything_back(box: ScratchBox) -> None:
    page = json.dumps({"prefix": NEW_PREFIX, "claimed": False})
    write_program(box, "bearblog", claims(box, page))
    assert "could not be claimed" in box.refuse("restore.sh", "latest", "--replace")
    assert PREFIX in (box.data / "installation.json").read_text()


def test_a_failure_after_the_claim_keeps_the_new_database_and_says_what_to_do(box: ScratchBox) -> None:
    box.write_post("Later")
    page = json.dumps({"prefix": NEW_PREFIX, "claimed": True})
    write_program(box, "bearblog", f"{claims(box, page)}\n[[ $1 != wait_replicated ]]")
    said = box.refuse("restore.sh", "latest", "--replace")
    assert "The database is in place, but" in said
    assert "systemctl start bearblog.socket" in said
    assert box.posts() == ["Hello"]
    assert NEW_PREFIX in (box.root / "litestream.yml").read_text()


def test_what_readers_would_miss_touches_nothing(box: ScratchBox, programs: Path) -> None:
    box.write_post("Later")
    write_program(box, "bearblog", "[[ $1 != prepare_restored ]] || { echo 'rows are missing' >&2; exit 1; }")
    assert "rows are missing" in box.refuse("restore.sh", "latest", "--replace")
    assert box.posts() == ["Hello", "Later"]
    assert not list(box.data.glob("*restoring*"))
    assert "systemctl" not in programs.read_text()


def test_unchecked_is_passed_on(box: ScratchBox, programs: Path) -> None:
    box.succeed("restore.sh", "latest", "--replace", "--unchecked")
    assert programs.read_text().splitlines()[0].endswith(" --unchecked")


def test_closed_leaves_the_opening_to_the_playbook(box: ScratchBox, programs: Path) -> None:
    box.write_certificate("blog.example", "newer")
    said = box.succeed("restore.sh", "latest", "--replace", "--closed")
    told = json.loads(said.splitlines()[-1])
    assert told["source"] == f"the backup set {box.sets()[-1]}"
    assert told["prefix"] == NEW_PREFIX
    assert told["set_aside"] == str(aside(box))
    assert told["prepared"] == {"found": "2 pages", "warnings": []}
    assert [call.split()[1] for call in programs.read_text().splitlines()] == [
        "is-active",
        "prepare_restored",
        "claim_replica",
    ]
    assert (box.caddy / "certificates/local/blog.example/blog.example.crt").read_text() == "newer"


def test_closed_on_a_new_box_brings_certificates_where_there_are_none(box: ScratchBox) -> None:
    shutil.rmtree(box.caddy)
    box.caddy.mkdir()
    for path in (box.database, box.data / "installation.json", box.root / "litestream.yml"):
        path.unlink()
    (box.root / "litestream").rmdir()
    assert '"set_aside": "' in box.succeed("restore.sh", "latest", "--closed")
    assert box.posts() == ["Hello"]
    assert (box.caddy / "certificates/local/blog.example/blog.example.crt").read_text() == "first"


def test_closed_wants_the_services_stopped(box: ScratchBox) -> None:
    write_program(box, "systemctl", "")
    assert "wants the services stopped first" in box.refuse("restore.sh", "latest", "--replace", "--closed")


def test_a_failure_of_closed_starts_nothing(box: ScratchBox, programs: Path) -> None:
    write_program(box, "bearblog", "[[ $1 != claim_replica ]]")
    assert "everything is back as it was" in box.refuse("restore.sh", "latest", "--replace", "--closed")
    assert "systemctl start" not in programs.read_text()


def test_what_it_is_told_must_be_known(box: ScratchBox) -> None:
    assert "which set?" in box.refuse("restore.sh")
    assert "unknown argument --force" in box.refuse("restore.sh", "latest", "--force")
