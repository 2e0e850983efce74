"""What lies under replica/ in a real bucket, after one box has followed another."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bearblog.engines.replication import claiming, current, letting_go, prefixes
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.current import Claim, Current
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.prefixes import Prefix, Standing
from tests.replicas import ReplicatedBox

UNKNOWN = "replica/20200101T000000Z-00c0ffee"
CERTIFICATES = "certificates/20200101T000000Z-00c0ffee.tar.zst.age"


@pytest.fixture
def follower(box: ReplicatedBox, tmp_path: Path) -> Iterator[ReplicatedBox]:
    """A box that began anew while the first one writes on."""
    box.write("before")
    made = ReplicatedBox(box.bucket, tmp_path / "second")
    claiming.claim(
        made.bucket, made.installation_file, site="https://second.example/", now=later(), start_new=True
    )
    with closing(made.connect()) as connection:
        connection.execute("CREATE TABLE post (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    made.start()
    made.write("here")
    box.write("after")
    yield made
    made.stop()


def later(*, days: float = 0) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def survey(bucket: Bucket) -> list[Prefix]:
    return prefixes.survey(bucket, current.read(bucket), report=lambda line: None)


def known(bucket: Bucket) -> Current:
    found = current.read(bucket)
    assert found is not None
    return found


def test_each_prefix_tells_its_standing_its_span_and_its_size(
    box: ReplicatedBox, follower: ReplicatedBox
) -> None:
    box.bucket.write(f"{UNKNOWN}/0000/note.txt", b"by hand")
    living, superseded, unknown = survey(box.bucket)
    assert (living.name, living.standing, living.successor) == (follower.prefix, Standing.LIVING, None)
    assert (superseded.name, superseded.standing) == (box.prefix, Standing.SUPERSEDED)
    assert superseded.successor == known(box.bucket).living
    assert (unknown.name, unknown.standing, unknown.span) == (UNKNOWN, Standing.UNKNOWN, None)
    assert (unknown.objects, unknown.size, unknown.box_id) == (1, len("by hand"), "00c0ffee")
    for one in (living, superseded):
        assert one.span is not None
        assert one.last_written is not None
        assert later(days=-0.01) < one.span.oldest <= one.span.newest <= later()
        assert one.span.newest <= one.last_written <= later()
        assert one.objects >= 1
        assert one.size > 300


def test_a_living_replica_is_shown_before_it_holds_anything(bucket: Bucket, tmp_path: Path) -> None:
    outcome = claiming.claim(bucket, tmp_path / "installation.json", site="https://x.example/", now=later())
    [living] = survey(bucket)
    assert (living.name, living.objects, living.span) == (outcome.installation.prefix, 0, None)
    with pytest.raises(ReplicationError, match="holds nothing that can be restored"):
        letting_go.check_living([living])


def test_an_empty_bucket_holds_none(bucket: Bucket) -> None:
    assert survey(bucket) == []


def test_a_prefix_is_found_by_its_name_and_by_its_last_characters(bucket: Bucket) -> None:
    bucket.write(f"{UNKNOWN}/0000/note.txt", b"by hand")
    bucket.write("replica/other-00facade/note.txt", b"by hand")
    for typed in (UNKNOWN, f"{UNKNOWN}/", UNKNOWN.removeprefix("replica/"), "00c0ffee"):
        assert prefixes.find_name(bucket, typed) == UNKNOWN
    for typed in (
        "",
        "replica",
        "replica/",
        "ffee",
        "..",
        "00facade",
        "20200101T000000Z-11111111",
        "current",
    ):
        with pytest.raises(ReplicationError, match="holds no replica"):
            prefixes.find_name(bucket, typed)


def test_a_superseded_replica_is_deleted_with_the_certificates_of_its_box(
    box: ReplicatedBox, follower: ReplicatedBox
) -> None:
    box.stop()
    others = ["certificates/20200101T000000Z-11111111.tar.zst.age", "media/ab/cd.webp", "backups/daily/x"]
    for path in (current.certificates_of(box.prefix), *others):
        box.bucket.write(path, b"content")
    living, superseded = survey(box.bucket)
    letting_go.check_living([living, superseded])
    assert letting_go.why_not(superseded, later(days=31)) == ""
    letting_go.delete(box.bucket, superseded, known(box.bucket), report=lambda line: None)
    assert [one.name for one in survey(box.bucket)] == [follower.prefix]
    assert box.bucket.read(current.certificates_of(box.prefix)) is None
    assert [box.bucket.read(path) for path in others] == [b"content"] * 3
    follower.write("more")
    letting_go.delete(box.bucket, superseded, known(box.bucket), report=lambda line: None)


def test_nothing_is_deleted_when_another_box_took_over_meanwhile(
    box: ReplicatedBox, follower: ReplicatedBox
) -> None:
    before = known(box.bucket)
    _, superseded = survey(box.bucket)
    current.write(box.bucket, before.followed_by(Claim(UNKNOWN, later()), site="https://third.example/"))
    with pytest.raises(ReplicationError, match="has changed meanwhile"):
        letting_go.delete(box.bucket, superseded, before, report=lambda line: None)
    assert box.prefix in [one.name for one in survey(box.bucket)]


def test_a_folder_in_the_place_of_a_bucket_is_shown_and_cleared(folder_box: ReplicatedBox) -> None:
    folder_box.write("one")
    folder_box.stop()
    [living] = survey(folder_box.bucket)
    assert living.span is not None
    folder_box.bucket.delete_folder(living.name, seconds=10)
    folder_box.bucket.delete_folder(living.name, seconds=10)
    assert folder_box.bucket.entries("replica") == []
