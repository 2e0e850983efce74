"""When a commit has come into the bucket, seen from outside: real Litestream, never asked to hurry."""

from contextlib import closing
from pathlib import Path

import pytest

from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.shipping import LtxHead, Position, Shipment, position
from tests.replicas import ReplicatedBox, await_true


def commit(box: ReplicatedBox, text: str) -> Shipment:
    with closing(box.connect()) as connection:
        connection.execute("INSERT INTO post (text) VALUES (?)", (text,))
        return Shipment(box.bucket, box.prefix, position(box.database))


def see_a_commit_come(box: ReplicatedBox) -> None:
    box.write("one")
    shipment = commit(box, "two")
    seen: list[float | None] = [None]

    def is_seen() -> bool:
        seen[0] = shipment.look()
        return seen[0] is not None

    await_true(is_seen)
    assert seen[0] is not None
    assert 0 < seen[0] <= shipment.seconds
    assert commit(box, "three").look() is None


def test_a_commit_is_seen_when_it_has_come_into_a_bucket(box: ReplicatedBox) -> None:
    see_a_commit_come(box)


def test_a_commit_is_seen_when_it_has_come_into_a_folder(folder_box: ReplicatedBox) -> None:
    see_a_commit_come(folder_box)


def test_what_was_shipped_before_is_no_proof_of_a_later_commit(folder_box: ReplicatedBox) -> None:
    folder_box.write("one")
    folder_box.lose_litestream()
    shipment = commit(folder_box, "two")
    assert [shipment.look(), shipment.look()] == [None, None]


def test_a_commit_is_seen_after_litestream_has_been_away(folder_box: ReplicatedBox) -> None:
    folder_box.write("one")
    folder_box.stop()
    shipment = commit(folder_box, "two")
    # The last connection is closed, and the WAL is gone with it.
    assert not folder_box.database.with_name(f"{folder_box.database.name}-wal").exists()
    assert shipment.look() is None
    folder_box.start()
    await_true(lambda: shipment.look() is not None)


def test_a_file_reaches_as_far_as_its_head_says() -> None:
    head = LtxHead(b"saltsalt", 5000, 10)
    assert head.covers(Position(b"saltsalt", 5000, 99))
    assert not head.covers(Position(b"saltsalt", 5001, 0))
    assert head.covers(Position(b"pepperxx", 9999, 9))
    assert not head.covers(Position(b"pepperxx", 1, 10))


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(ReplicationError, match="does not begin as"):
        LtxHead.parse(b"SQLite format 3\x00" * 10)


def test_a_database_without_a_wal_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReplicationError, match="cannot be read"):
        position(tmp_path / "missing/bearblog.sqlite3")
