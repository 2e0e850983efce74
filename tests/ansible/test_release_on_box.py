"""A release on a box that runs, and every way in which one goes wrong: nobody who reads may notice."""

import re
import shlex
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from deploy.drills import variants as releases
from deploy.droplet import machine, small_disk
from deploy.droplet.box import Box
from deploy.droplet.state import DropletError
from deploy.figures import load
from deploy.releases import records, stand_in
from deploy.releases.places import Places
from deploy.releases.switching import STEPS

pytestmark = pytest.mark.box


@contextmanager
def unnoticed(box: Box) -> Iterator[None]:
    """Fifty requests a second; none may fail, and what is needed must run at the end.

    A fifth is of somebody who is known, for whom the page is made each time; the others read what is stored.
    """
    with box.client() as reader, box.client() as author:
        author.headers["Cookie"] = "visit=1"
        with (
            load.stream(reader, box.blog_url, rate=40) as read,
            load.stream(author, box.site_url, rate=10) as made,
        ):
            yield
    assert read.failures + made.failures == []
    assert read.waits
    assert made.waits
    box.ssh("systemctl is-active --quiet bearblog bearblog-worker caddy litestream")
    box.ssh(f"! systemctl is-active --quiet {stand_in.UNIT}")


def serving(box: Box) -> str:
    return Places(box.droplet.root).serving()


def release(box: Box, *arguments: str) -> str:
    return box.ssh(f"/srv/bearblog/current/deploy/release.sh serve {' '.join(arguments)} 2>&1")


def refusal(box: Box, *arguments: str) -> str:
    """What was said when the release did not come to serve."""
    before = serving(box)
    said = box.ssh(f"! /srv/bearblog/current/deploy/release.sh serve {' '.join(arguments)} 2>&1")
    assert serving(box) == before
    assert records.read_underway(Places(box.droplet.root)) is None
    return said


def test_a_release_and_the_way_back_by_their_playbooks(box: Box) -> None:
    tree = serving(box)
    older = releases.vary(box, "00000001", releases.A_STYLE_SHEET)
    release(box, older)
    # As on a box that has never seen the tree's release: code, wheels and all come anew.
    box.ssh(f"rm -r /srv/bearblog/releases/{tree} /srv/bearblog/wheels/*")
    with unnoticed(box):
        said = box.play("release.yml")
    assert f"{tree} serves in the place of {older}" in said
    assert "run it, too" not in said
    assert serving(box) == tree
    assert box.ssh("bearblog pages --json").find('"is_current": true') > 0
    with box.client() as client:
        assert client.get(f"{box.site_url}static/{releases.STYLE_SHEET}").text == "p{}"
        kept = box.ssh("bearblog help >/dev/null; ls /srv/bearblog/wheels").split()
        assert len(kept) == 1
        with unnoticed(box):
            said = box.play("rollback.yml")
    assert serving(box) == older
    assert "Code is back, data stay as they are" in said
    assert f"release_version={older}" in said
    assert box.play("rollback.yml", "-e", f"rollback_to={tree}")
    assert serving(box) == tree

    box.ssh("echo another >/etc/bearblog/configuration")
    said = box.play("release.yml")
    assert "nothing to do" in said
    assert "not those that site.yml brought last: run it, too" in said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (releases.ANSWERS_500, "It answers 500 for https://bear.localhost/"),
        (releases.DOES_NOT_IMPORT, "ImportError: broken"),
        (releases.FAILING_MIGRATION, "A migration failed on a copy of the database: no such table: nowhere"),
        (releases.MIGRATION_FAILING_LIVE, "not on the living one"),
        (releases.SLOW_MIGRATION, "Choose a quiet hour, and allow it: -e allow_pause="),
    ],
)
def test_a_release_with_a_fault_is_not_let_in(box: Box, change: str, words: str) -> None:
    broken = releases.vary(box, "0000bad0", change)
    with unnoticed(box):
        said = refusal(box, broken)
    assert words in said
    assert f"Left behind: /srv/bearblog/releases/{broken}" in said


def test_a_slow_migration_is_let_in_when_it_was_allowed(box: Box) -> None:
    slow = releases.vary(box, "00000510", releases.SLOW_MIGRATION)
    with unnoticed(box):
        release(box, slow, "--allow-pause", "30")
    assert serving(box) == slow


def test_wherever_a_release_is_killed_the_one_before_serves(box: Box) -> None:
    new = releases.vary(box, "00000002", releases.NOTHING)
    old = serving(box)
    for step in STEPS:
        with unnoticed(box):
            ended = re.search(r"did not get past “(.+)”", killed_at(box, new, step))
            # A step of a moment may be over before the kill comes.
            assert ended
            assert STEPS.index(ended[1]) >= STEPS.index(step)
            assert serving(box) == old
    # Nothing of it all is in the way of the next one.
    with unnoticed(box):
        release(box, new)
    assert serving(box) == new


def killed_at(box: Box, version: str, step: str) -> str:
    """What was said of a release whose process is killed once it has come that far."""
    said: list[str] = []

    def run() -> None:
        said.append(box.ssh(f"! /srv/bearblog/current/deploy/release.sh serve {version} 2>&1"))

    attempt = threading.Thread(target=run)
    attempt.start()
    try:
        # On the box itself: the last step takes a fifth of a second, a new connection as long.
        has_come = f"grep --quiet --no-messages --fixed-strings '\"{step}\"' {Places().underway}"
        box.ssh(
            f"timeout 120 sh -c {shlex.quote(f'until {has_come}; do sleep 0.01; done')}"
            " && systemctl kill --kill-whom=main --signal=KILL bearblog-release"
        )
    finally:
        attempt.join()
    return said[0]


@pytest.mark.parametrize("step", ["waiting for the replica", "letting it serve"])
def test_a_release_killed_with_all_that_it_has_started_is_settled_too(box: Box, step: str) -> None:
    new, old = releases.vary(box, "00000002", releases.NOTHING), serving(box)
    attempt = threading.Thread(target=lambda: suppressed(box, new))
    attempt.start()
    await_step(box, step)
    box.ssh("systemctl kill --signal=KILL bearblog-release")
    attempt.join()
    # bearblog-settle sees to it; what it notes last is that nothing is under way any more.
    await_settled(box)
    box.ssh("systemctl is-active --quiet bearblog bearblog-worker")
    assert stand_in.UNIT not in box.ssh("ls /run/systemd/system")
    assert serving(box) == old


def await_settled(box: Box) -> None:
    deadline = time.monotonic() + 30
    while underway := records.read_underway(Places(box.droplet.root)):
        assert time.monotonic() < deadline, f"Nobody saw to what was left behind: {underway}"
        time.sleep(0.1)


def await_step(box: Box, step: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        underway = records.read_underway(Places(box.droplet.root))
        if underway and underway.step == step:
            return
        time.sleep(0.005)
    raise AssertionError(f"The release does not come to the step {step}.")


def test_a_release_that_failed_is_in_nobodys_way(box: Box) -> None:
    new = releases.vary(box, "00000004", releases.NOTHING)
    # As systemd keeps it at times, although it was told to forget it.
    box.ssh("! systemd-run --quiet --wait --unit=bearblog-release false")
    with unnoticed(box):
        release(box, new)
    assert serving(box) == new


def test_a_second_release_is_told_who_is_at_it(box: Box) -> None:
    slow = releases.vary(box, "00000510", releases.SLOW_MIGRATION)
    first = threading.Thread(target=lambda: release(box, slow, "--allow-pause", "30", "--by", "alice@laptop"))
    first.start()
    await_step(box, "migrating a copy")
    said = refusal_beside(box, slow)
    first.join()
    assert f"alice@laptop lets {slow} follow" in said
    assert serving(box) == slow


def refusal_beside(box: Box, version: str) -> str:
    return box.ssh(f"! /srv/bearblog/current/deploy/release.sh serve {version} 2>&1")


def test_a_power_cut_in_the_midst_leaves_the_release_before(box: Box) -> None:
    new, old = releases.vary(box, "00000002", releases.NOTHING), serving(box)
    attempt = threading.Thread(target=lambda: suppressed(box, new))
    attempt.start()
    await_step(box, "starting the worker")
    machine.pull_plug(box.droplet)
    attempt.join()
    box.boot()
    machine.await_port(box.droplet, box.https_port)
    assert serving(box) == old
    assert "did not get past" in box.ssh("journalctl -b -u bearblog-settle -o cat")
    with unnoticed(box):
        release(box, new)


def suppressed(box: Box, version: str) -> None:
    with pytest.raises(DropletError):
        release(box, version)


def test_a_disk_that_is_full_stops_it_before_anything_serves(box: Box) -> None:
    tree = serving(box)
    older = releases.vary(box, "00000001", releases.NOTHING)
    release(box, older)
    box.ssh(f"rm -r /srv/bearblog/releases/{tree}")
    small_disk.put(box, "/srv/bearblog/releases", free_mb=15)
    with unnoticed(box), pytest.raises(DropletError) as caught:
        box.play("release.yml")
    assert "what was begun of it is removed, and what served serves on" in " ".join(str(caught.value).split())
    assert "No space left on device" in str(caught.value)
    assert serving(box) == older
    assert box.ssh("ls /srv/bearblog/releases").split() == [older]


def test_code_that_is_older_than_the_data_is_refused(box: Box) -> None:
    box.ssh(releases.NOTE_A_MIGRATION)
    with unnoticed(box), pytest.raises(DropletError) as caught:
        box.play("site.yml")
    said = " ".join(str(caught.value).split())
    assert "written by a newer release than this one, which does not know posts.0999_future" in said
    assert "-e release_version=" in said
