"""Each kind of damage to a replica is refused in words, and leaves bucket and box as they were."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from bearblog.engines.replication import current
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.errors import Damaged, ReplicationError
from deploy.stage.seaweed import Seaweed
from tests.replicas import ReplicatedBox, make_bucket

Contents = dict[str, bytes | None]
Damage = Callable[[Bucket, list[str]], Contents]


def cut_short(bucket: Bucket, names: list[str]) -> Contents:
    whole = bucket.read(names[2]) or b""
    return {names[2]: whole[: len(whole) // 2]}


def flip_a_byte(bucket: Bucket, names: list[str]) -> Contents:
    whole = bucket.read(names[2]) or b""
    middle = len(whole) // 2
    return {names[2]: whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :]}


def empty(bucket: Bucket, names: list[str]) -> Contents:
    return {names[2]: b""}


def swap_two(bucket: Bucket, names: list[str]) -> Contents:
    return {names[1]: bucket.read(names[2]), names[2]: bucket.read(names[1])}


def delete_in_the_middle(bucket: Bucket, names: list[str]) -> Contents:
    return {names[2]: None}


def delete_the_beginning(bucket: Bucket, names: list[str]) -> Contents:
    return {name: None for name in names if "/0000000000000001-" in name}


@pytest.fixture(scope="module")
def replica(
    seaweed: Seaweed, shared_bucket: str, bucket_credentials: Path, tmp_path_factory: pytest.TempPathFactory
) -> ReplicatedBox:
    """A lost box whose replica has a file for each of five commits."""
    folder = tmp_path_factory.mktemp("damage")
    box = ReplicatedBox(make_bucket(seaweed, f"{shared_bucket}/damage", folder), folder / "first")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(bucket_credentials))
        try:
            box.install()
            for number in range(4):
                box.write(f"{number} {'word ' * 500}")
        finally:
            box.stop()
    return box


@pytest.fixture
def lost(replica: ReplicatedBox, bucket_access: None) -> ReplicatedBox:
    """That box, with access to its bucket."""
    return replica


@pytest.fixture
def other(lost: ReplicatedBox, tmp_path: Path) -> ReplicatedBox:
    """A bare box beside it."""
    return ReplicatedBox(lost.bucket, tmp_path / "second")


@contextmanager
def replaced(bucket: Bucket, contents: Contents) -> Iterator[None]:
    """Gives objects of the bucket other contents, and takes it back; None deletes one."""
    with ExitStack() as back:
        for name in contents:
            back.callback(bucket.write, name, bucket.read(name) or b"")
        for name, content in contents.items():
            if content is None:
                bucket.delete(name)
            else:
                bucket.write(name, content)
        yield


def refuse(other: ReplicatedBox, kind: type[ReplicationError] = Damaged) -> str:
    """What a restore says that leaves everything as it was."""
    before = other.bucket.read(current.OBJECT)
    with pytest.raises(kind) as refused:
        other.restore()
    assert other.bucket.read(current.OBJECT) == before
    assert list(other.folder.iterdir()) == []
    return str(refused.value)


def names_of(lost: ReplicatedBox) -> list[str]:
    folder = lost.bucket.newest_level(lost.prefix)
    return [f"{folder}/{entry.name}" for entry in lost.bucket.entries(folder)]


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (cut_short, "unexpected EOF"),
        (flip_a_byte, "checksum mismatch"),
        (empty, "has size 0 bytes"),
        (swap_two, "non-contiguous transaction ids"),
        (delete_in_the_middle, "non-contiguous ltx files"),
        (delete_the_beginning, "its beginning is gone"),
    ],
)
def test_each_damage_is_refused(
    lost: ReplicatedBox, other: ReplicatedBox, damage: Damage, sentence: str
) -> None:
    with replaced(lost.bucket, damage(lost.bucket, names_of(lost))):
        said = refuse(other)
    assert f"The replica {lost.prefix} is damaged" in said
    assert sentence in said


@pytest.mark.parametrize("content", [b"", b"{", b'{"prefix": "replica/nowhere"}'])
def test_a_damaged_current_is_refused(lost: ReplicatedBox, other: ReplicatedBox, content: bytes) -> None:
    with replaced(lost.bucket, {current.OBJECT: content}):
        assert "`current` in the bucket is damaged" in refuse(other)


def test_a_replica_that_is_gone_is_not_passed_over_for_an_older_one(
    lost: ReplicatedBox, other: ReplicatedBox, tmp_path: Path
) -> None:
    before = lost.bucket.read(current.OBJECT) or b""
    other.restore()
    try:
        # Its timer sends them within minutes of its start.
        lost.bucket.write(current.certificates_of(other.prefix), b"sealed")
        said = refuse(ReplicatedBox(lost.bucket, tmp_path / "third"))
    finally:
        lost.bucket.delete(current.certificates_of(other.prefix))
        lost.bucket.write(current.OBJECT, before)
    assert f"The replica {other.prefix} is gone from the bucket" in said


def test_what_is_looked_at_and_refused_is_not_placed(lost: ReplicatedBox, other: ReplicatedBox) -> None:
    seen = []

    def look(folder: Path) -> None:
        seen.append([file.name for file in folder.iterdir()])
        raise ReplicationError("Rows are missing.")

    before = lost.bucket.read(current.OBJECT)
    with pytest.raises(ReplicationError, match="Rows are missing"):
        other.restore(look=look)
    assert seen == [["bearblog.sqlite3"]]
    assert list(other.folder.iterdir()) == []
    assert lost.bucket.read(current.OBJECT) == before
