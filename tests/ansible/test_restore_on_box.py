"""The worst day: the box is gone, and the same playbook brings everything back from the bucket."""

import json
import secrets
import time
from collections.abc import Iterator
from tempfile import TemporaryDirectory

import pytest

from deploy.droplet import box as boxes
from deploy.droplet import machine
from deploy.droplet.box import Box
from deploy.droplet.state import DropletError
from deploy.figures import first_page
from deploy.releases.places import Places
from tests import buckets, contents
from tests.ansible.people import owner_of, publish

pytestmark = pytest.mark.box


@pytest.fixture
def second_box(box: Box) -> Iterator[Box]:
    """A bare box whose inventory names the first one's bucket and port."""
    second = boxes.make_bare(box.bucket, box.https_port)
    yield second
    boxes.remove(second)


def write_media(box: Box) -> None:
    """Puts a file where uploads go, named by its content."""
    box.ssh(
        "cd /var/lib/bearblog/media && head -c 100000 /dev/urandom > new"
        " && sum=$(sha256sum new | cut -c1-64) &&"
        " mkdir -p ${sum%${sum#??}} && mv new ${sum%${sum#??}}/$sum.bin && chown -R bearblog: ."
    )
    box.ssh("systemctl restart bearblog-worker")


def test_a_lost_box_comes_back_whole_on_another(box: Box, second_box: Box) -> None:
    owner = owner_of(box)
    for number in range(5):
        publish(box, owner, title=f"Post {number}", text=f"The words of post {number}.\n\n" * 50)
    write_media(box)
    # The pages first, and last on the other box: whoever asks for a feed is counted.
    pages = contents.public_pages(box)
    tables = contents.tables(box)
    box.ssh("systemctl start bearblog-certificates.service && bearblog wait_replicated --timeout 20")
    await_media_in_bucket(box)
    files = contents.files(box, "/var/lib/bearblog/media"), contents.files(box, "/var/lib/caddy/certificates")
    machine.pull_plug(box.droplet)

    second_box.play("restore.yml")
    assert contents.tables(second_box) == tables
    assert contents.public_pages(second_box) == pages
    second_box.ssh("timeout 30 sh -c 'while test -e /var/lib/bearblog/media-incoming; do sleep 0.1; done'")
    assert contents.files(second_box, "/var/lib/bearblog/media") == files[0]
    assert contents.files(second_box, "/var/lib/caddy/certificates") == files[1]

    # The old box is woken beside the restored one: it sees that it is no longer the one named.
    kept = second_box.ssh("cat /var/lib/bearblog/installation.json")
    box.boot()
    box.ssh("timeout 40 sh -c 'until test -e /var/lib/bearblog/superseded.json; do sleep 0.2; done'")
    refused = owner.client.post(f"{box.site_url}studio/hello/posts/new/", data={"text": "Too late."})
    assert refused.status_code == 503
    assert "Too late." in refused.text
    publish(second_box, owner_of(second_box), title="After", text="Life goes on.")
    second_box.ssh("bearblog wait_replicated --timeout 20")
    current = json.loads(buckets.read_object(box.bucket, "current"))
    assert current["prefix"] == json.loads(kept)["prefix"]
    second_box.ssh(
        "AWS_SHARED_CREDENTIALS_FILE=/etc/bearblog/credentials/bucket litestream restore"
        " -integrity-check full -o /root/replica.sqlite3 /var/lib/bearblog/bearblog.sqlite3"
    )
    assert contents.tables(second_box, "/root/replica.sqlite3") == contents.tables(second_box)


def test_a_restore_needs_no_package_registry_and_no_build(
    box: Box, second_box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(box, owner_of(box), title="Kept", text="In the bucket, as the code is.")
    box.ssh("bearblog wait_replicated --timeout 20")
    version = Places(box.droplet.root).serving()
    machine.pull_plug(box.droplet)

    # A controller that has built nothing, and to which no registry answers.
    for name in ("PIP_INDEX_URL", "UV_DEFAULT_INDEX"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/simple")
    # Not pytest's folder: its name is too long for OpenSSH's socket below it.
    with TemporaryDirectory(prefix="home-") as home:
        monkeypatch.setenv("HOME", home)
        second_box.play("restore.yml", "-e", f"release_version={version}")
    assert Places(second_box.droplet.root).serving() == version
    first_page.await_page(second_box, f"{second_box.blog_url}kept/")


def await_media_in_bucket(box: Box, patience: float = 30) -> None:
    """Returns when the worker has mirrored the media file."""
    deadline = time.monotonic() + patience
    while not buckets.object_keys(box.bucket, "media/"):
        assert time.monotonic() < deadline, "the worker mirrored no media file in time"
        time.sleep(0.1)


def test_a_box_goes_back_to_a_moment(box: Box) -> None:
    owner = owner_of(box)
    publish(box, owner, title="Good", text="A good day.")
    box.ssh("bearblog wait_replicated --timeout 20; sleep 2")
    moment = box.ssh("date --utc +%Y-%m-%dT%H:%M:%SZ").strip()
    box.ssh("sleep 2")
    publish(box, owner, title="Bad", text="A bad mistake.")
    box.ssh("bearblog wait_replicated --timeout 20")

    box.play("restore.yml", "-e", "restore_replace=true", "-e", f"restore_to={moment}")
    first_page.await_page(box, f"{box.blog_url}good/")
    with box.client() as reader:
        assert reader.get(f"{box.blog_url}bad/").status_code == 404
    box.ssh("bearblog wait_replicated --timeout 20")


def test_a_live_database_is_not_restored_over_by_accident(box: Box) -> None:
    before = contents.tables(box)
    with pytest.raises(DropletError, match="restore_replace"):
        box.play("restore.yml")
    assert contents.tables(box) == before


def test_a_second_installation_does_not_take_over_a_bucket(box: Box, second_box: Box) -> None:
    with pytest.raises(DropletError, match=r"restore\.yml"):
        second_box.play("site.yml")
    assert buckets.read_object(box.bucket, "current")


def test_an_empty_bucket_is_not_restored_from(bare_box: Box) -> None:
    with pytest.raises(DropletError, match="Besides releases, it is empty"):
        bare_box.play("restore.yml")
    assert bare_box.ssh("ls /var/lib/bearblog/bearblog.sqlite3 2>/dev/null || true") == ""
    assert all(key.startswith("releases/") for key in buckets.object_keys(bare_box.bucket))


def test_a_damaged_replica_leaves_the_box_as_it_was(box: Box) -> None:
    box.ssh("bearblog wait_replicated --timeout 20")
    before = contents.tables(box)
    current = buckets.read_object(box.bucket, "current")
    for key in buckets.object_keys(box.bucket, "replica/"):
        buckets.write_object(box.bucket, key, secrets.token_bytes(300))
    with pytest.raises(DropletError, match="(?i)damaged|cannot be restored|failed"):
        box.play("restore.yml", "-e", "restore_replace=true")
    first_page.await_page(box, box.blog_url)
    assert contents.tables(box) == before
    assert buckets.read_object(box.bucket, "current") == current


def test_a_backup_set_is_restored_by_the_script(box: Box) -> None:
    owner = owner_of(box)
    publish(box, owner, title="Kept", text="In the set.")
    before = contents.tables(box)
    box.ssh("/root/deploy/backup.sh")
    box.ssh("/root/deploy/drill.sh && systemctl start --wait bearblog-drill && bearblog doctor")
    publish(box, owner, title="Lost", text="After the set.")
    with pytest.raises(DropletError, match="--replace moves it aside"):
        box.ssh("/root/deploy/restore.sh latest")
    box.ssh("/root/deploy/restore.sh latest --replace")
    first_page.await_page(box, f"{box.blog_url}kept/")
    after = contents.tables(box)
    assert after == before
    box.ssh("bearblog wait_replicated --timeout 20 && bearblog doctor")
