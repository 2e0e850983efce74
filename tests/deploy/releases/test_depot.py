"""Built releases in a real bucket."""

import io
import secrets
import tarfile
from pathlib import Path

import httpx
import pytest

from deploy.releases.depot import Depot
from deploy.releases.errors import ReleaseError
from deploy.stage.seaweed import Seaweed

VERSION, WHEELS = "20261121-0123abcd", "wheels-x86_64-89abcdef.tar"


@pytest.fixture(scope="module")
def bucket(seaweed: Seaweed) -> str:
    """One bucket for all, in which each test has a place."""
    seaweed.make_bucket("depots")
    return "depots"


@pytest.fixture
def depot(seaweed: Seaweed, bucket: str, monkeypatch: pytest.MonkeyPatch) -> Depot:
    """A place of the test's own in the bucket, described as the playbook describes it."""
    described = {
        "TYPE": "s3",
        "PROVIDER": "Other",
        "ENDPOINT": seaweed.endpoint,
        "REGION": "us-east-1",
        "ACCESS_KEY_ID": seaweed.access_key,
        "SECRET_ACCESS_KEY": seaweed.secret_key,
        "FORCE_PATH_STYLE": "true",
        "NO_CHECK_BUCKET": "true",
    }
    for name, value in described.items():
        monkeypatch.setenv(f"RCLONE_CONFIG_DEPOT_{name}", value)
    return Depot(f"{bucket}/{secrets.token_hex(4)}")


def at(depot: Depot, name: str) -> dict[str, str]:
    """Where boto3 finds what the depot calls by that name."""
    bucket, _, place = depot.bucket.partition("/")
    return {"Bucket": bucket, "Key": f"{place}/releases/{name}"}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """The folder into which build.sh and wheels.sh have put a release."""
    folder = tmp_path / "built"
    folder.mkdir()
    names = (
        "bearblog/domain/posts/migrations/0001_initial.py",
        "bearblog/domain/posts/migrations/__init__.py",
    )
    with tarfile.open(folder / f"{VERSION}.tar.gz", "w:gz") as archive:
        for name in (*names, "manage.py"):
            archive.addfile(tarfile.TarInfo(f"{VERSION}/{name}"), io.BytesIO())
    (folder / WHEELS).write_bytes(b"wheels")
    return folder


def test_what_was_put_is_got_again_with_what_it_knows(depot: Depot, built: Path, tmp_path: Path) -> None:
    put = depot.put(built, VERSION, WHEELS)
    assert put.migrations == ["posts.0001_initial"]
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    assert depot.get(fresh, VERSION, "x86_64") == put
    for name in (f"{VERSION}.tar.gz", WHEELS):
        assert (fresh / name).read_bytes() == (built / name).read_bytes()
    assert depot.all() == [put]


def test_a_box_without_a_key_fetches_it_by_a_link(depot: Depot, built: Path) -> None:
    links = depot.links(depot.put(built, VERSION, WHEELS))
    assert httpx.get(links["wheels"]).content == b"wheels"


def test_what_is_kept_is_not_sent_again(depot: Depot, built: Path, seaweed: Seaweed) -> None:
    first = depot.put(built, VERSION, WHEELS)
    sent = seaweed.client().head_object(**at(depot, WHEELS))["LastModified"]
    assert depot.put(built, VERSION, WHEELS) == first
    assert seaweed.client().head_object(**at(depot, WHEELS))["LastModified"] == sent


def test_an_upload_that_broke_off_is_no_release(depot: Depot, built: Path, seaweed: Seaweed) -> None:
    depot.put(built, VERSION, WHEELS)
    seaweed.client().delete_object(**at(depot, f"{VERSION}-x86_64-89abcdef.json"))
    with pytest.raises(ReleaseError, match=f"keeps no release {VERSION} for x86_64; it keeps: none"):
        depot.get(built, VERSION, "x86_64")


def test_one_for_another_machine_is_refused(depot: Depot, built: Path) -> None:
    depot.put(built, VERSION, WHEELS)
    with pytest.raises(ReleaseError, match=f"for aarch64; it keeps: {VERSION}"):
        depot.get(built, VERSION, "aarch64")


def test_what_was_changed_in_the_bucket_is_refused_and_not_left(
    depot: Depot, built: Path, seaweed: Seaweed, tmp_path: Path
) -> None:
    depot.put(built, VERSION, WHEELS)
    seaweed.client().put_object(**at(depot, WHEELS), Body=b"other!")
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    with pytest.raises(ReleaseError, match="is not what was put there"):
        depot.get(fresh, VERSION, "x86_64")
    assert not [file for file in fresh.iterdir() if file.name.startswith("wheels")]


def test_a_bucket_that_does_not_answer_is_said(depot: Depot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RCLONE_CONFIG_DEPOT_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ReleaseError, match="cannot be used: .*connection refused"):
        depot.all()
