"""Who writes: the claim of a bucket, against a real S3 server."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bearblog.engines.replication import claiming, current, installation
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.claiming import Outcome, Standing
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.installation import Installation

SITE = "https://first.example/"
NOW = datetime(2026, 11, 21, 2, 45, tzinfo=UTC)


def claim(bucket: Bucket, file: Path, *, start_new: bool = False, now: datetime = NOW) -> Outcome:
    return claiming.claim(bucket, file, site=SITE, now=now, start_new=start_new)


def own(file: Path) -> Installation:
    found = installation.read(file)
    assert found is not None
    return found


def unreachable(bucket: Bucket, tmp_path: Path) -> Bucket:
    text = Path(bucket.rclone_config).read_text()
    lines = [
        "endpoint = http://127.0.0.1:9" if line.startswith("endpoint") else line for line in text.splitlines()
    ]
    (tmp_path / "unreachable.conf").write_text("\n".join(lines))
    return dataclasses.replace(bucket, rclone_config=str(tmp_path / "unreachable.conf"))


def test_a_new_box_claims_an_empty_bucket(bucket: Bucket, tmp_path: Path) -> None:
    outcome = claim(bucket, tmp_path / "installation.json")
    assert outcome.changed
    assert outcome.installation.claimed
    assert outcome.installation.prefix.startswith("replica/20261121T024500Z-")
    found = json.loads(bucket.read("current") or b"")
    assert found["prefix"] == outcome.installation.prefix
    assert found["site"] == SITE
    assert found["history"] == [{"prefix": found["prefix"], "since": "2026-11-21T02:45:00+00:00"}]
    assert claiming.check(bucket, own(tmp_path / "installation.json")).standing is Standing.NAMED


def test_a_second_claim_of_the_same_box_changes_nothing(bucket: Bucket, tmp_path: Path) -> None:
    first = claim(bucket, tmp_path / "installation.json")
    second = claim(bucket, tmp_path / "installation.json", start_new=True)
    assert not second.changed
    assert second.installation == first.installation


def test_a_bucket_of_another_box_is_refused(bucket: Bucket, tmp_path: Path) -> None:
    claim(bucket, tmp_path / "first.json")
    with pytest.raises(
        ReplicationError, match=r"already holds the blog of https://first.example/.*restore\.yml"
    ):
        claim(bucket, tmp_path / "second.json")
    assert not (tmp_path / "second.json").exists()
    assert claiming.check(bucket, own(tmp_path / "first.json")).standing is Standing.NAMED


def test_a_box_may_begin_anew_and_the_old_one_learns_of_it(bucket: Bucket, tmp_path: Path) -> None:
    claim(bucket, tmp_path / "first.json")
    claim(bucket, tmp_path / "second.json", start_new=True, now=NOW + timedelta(hours=1))
    seen = claiming.check(bucket, own(tmp_path / "first.json"))
    assert seen.standing is Standing.SUPERSEDED
    assert seen.current is not None
    assert [entry.prefix for entry in seen.current.history] == [
        own(tmp_path / "first.json").prefix,
        own(tmp_path / "second.json").prefix,
    ]


def test_a_box_whose_clock_is_behind_claims_after_the_one_before(bucket: Bucket, tmp_path: Path) -> None:
    claim(bucket, tmp_path / "first.json")
    claim(bucket, tmp_path / "second.json", start_new=True, now=NOW - timedelta(days=1))
    found = current.read_claimed(bucket)
    first, second = found.history
    assert second.prefix == own(tmp_path / "second.json").prefix
    assert second.since > first.since
    assert second.prefix > first.prefix


def test_a_replaced_box_may_begin_anew_on_a_new_prefix(bucket: Bucket, tmp_path: Path) -> None:
    old = claim(bucket, tmp_path / "first.json").installation.prefix
    claim(bucket, tmp_path / "second.json", start_new=True)
    assert not claim(bucket, tmp_path / "first.json").changed
    outcome = claim(bucket, tmp_path / "first.json", start_new=True)
    assert outcome.changed
    assert outcome.installation.prefix != old
    assert claiming.check(bucket, own(tmp_path / "second.json")).standing is Standing.SUPERSEDED


def test_a_bucket_that_gives_no_answer_is_claimed_late(bucket: Bucket, tmp_path: Path) -> None:
    outcome = claim(unreachable(bucket, tmp_path), tmp_path / "installation.json")
    assert outcome.changed
    assert not outcome.installation.claimed
    assert "cannot be reached" in outcome.message
    unclaimed = own(tmp_path / "installation.json")
    assert claiming.check(unreachable(bucket, tmp_path), unclaimed).standing is Standing.UNREACHABLE
    assert claiming.check(bucket, unclaimed).standing is Standing.ABSENT
    claiming.claim_late(bucket, tmp_path / "installation.json", unclaimed, site=SITE)
    assert own(tmp_path / "installation.json") == Installation(unclaimed.claim, claimed=True)
    assert claiming.check(bucket, unclaimed).standing is Standing.NAMED


def test_a_bucket_that_answers_again_is_claimed_by_running_the_claim_again(
    bucket: Bucket, tmp_path: Path
) -> None:
    file = tmp_path / "installation.json"
    first = claim(unreachable(bucket, tmp_path), file)
    still = claim(unreachable(bucket, tmp_path), file)
    assert (still.changed, still.installation) == (False, first.installation)
    again = claim(bucket, file)
    assert again.changed
    assert again.installation == Installation(first.installation.claim, claimed=True)
    assert claiming.check(bucket, own(file)).standing is Standing.NAMED


def test_a_bucket_that_answers_again_and_names_another_box_is_refused(bucket: Bucket, tmp_path: Path) -> None:
    claim(unreachable(bucket, tmp_path), tmp_path / "second.json")
    claim(bucket, tmp_path / "first.json")
    with pytest.raises(ReplicationError, match="already holds the blog"):
        claim(bucket, tmp_path / "second.json")
    assert not own(tmp_path / "second.json").claimed


def test_a_box_with_a_wrong_key_comes_up_unclaimed_and_does_not_tell_the_key(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("[default]\naws_access_key_id = nobody\naws_secret_access_key = hush-hush\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(wrong))
    outcome = claim(bucket, tmp_path / "installation.json")
    assert not outcome.installation.claimed
    assert "refuses this box's key" in outcome.message
    assert "hush" not in outcome.message


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"prefix": "replica/x"}', b'"current"', b"\xff\xfe"])
def test_a_damaged_current_is_told_and_kept(bucket: Bucket, tmp_path: Path, content: bytes) -> None:
    bucket.write(current.OBJECT, content)
    with pytest.raises(ReplicationError, match="`current` in the bucket is damaged"):
        claim(bucket, tmp_path / "installation.json")
    assert bucket.read(current.OBJECT) == content
    assert not (tmp_path / "installation.json").exists()


def test_a_damaged_current_is_made_anew_from_the_names_of_the_replicas(
    bucket: Bucket, tmp_path: Path
) -> None:
    claim(bucket, tmp_path / "first.json")
    first = own(tmp_path / "first.json")
    bucket.write(f"{first.prefix}/0000/file.ltx", b"of the first box")
    bucket.write("replica/of-nobody/file", b"")
    bucket.write(current.OBJECT, b"{")
    second = claim(bucket, tmp_path / "second.json", start_new=True, now=NOW + timedelta(hours=1))
    found = current.read_claimed(bucket)
    assert found.history == (first.claim, second.installation.claim)
    assert bucket.read("current.damaged") == b"{"


def test_a_damaged_current_of_a_bucket_without_replicas_is_made_anew(bucket: Bucket, tmp_path: Path) -> None:
    bucket.write(current.OBJECT, b"{")
    claimed = claim(bucket, tmp_path / "installation.json", start_new=True).installation
    assert current.read_claimed(bucket).history == (claimed.claim,)


def test_a_damaged_installation_file_is_told(bucket: Bucket, tmp_path: Path) -> None:
    (tmp_path / "installation.json").write_text(
        '{"prefix": "replica/20261121T024500Z-ab12cd34", "claimed": true}'
    )
    with pytest.raises(ReplicationError, match="is damaged"):
        claim(bucket, tmp_path / "installation.json")
