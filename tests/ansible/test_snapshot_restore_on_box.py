"""The replica is damaged: nothing comes back by itself, and a backup set serves; and back again in place."""

import json
import re

import pytest

from deploy.droplet import machine
from deploy.droplet.box import Box
from deploy.droplet.state import DropletError
from deploy.figures import first_page
from tests import buckets, contents
from tests.ansible.people import owner_of, publish
from tests.ansible.test_restore_on_box import second_box  # noqa: F401 - a fixture

pytestmark = pytest.mark.box

CLAIMS_A_THOUSAND_POSTS = """
from bearblog.engines.replication.models import Canary
newest = Canary.objects.first()
Canary.objects.create(rows={**newest.rows, "posts_post": 1000}, lag=None)
"""


def back_up(box: Box) -> str:
    """Makes a set; its stamp."""
    box.ssh("timeout 90 sh -c 'until bearblog doctor | grep -q \"newest canary\"; do sleep 1; done'")
    (stamp,) = re.findall(r"Backup (\d{8}T\d{6}Z):", box.ssh("/root/deploy/backup.sh"))
    return str(stamp)


def damage_newest(box: Box) -> None:
    """Cuts the replica's newest file short, and flips a byte of what is left."""
    prefix = json.loads(buckets.read_object(box.bucket, "current"))["prefix"]
    for key in buckets.object_keys(box.bucket, f"{prefix}/"):
        content = buckets.read_object(box.bucket, key)
        middle = len(content) // 2
        buckets.write_object(box.bucket, key, content[:middle] + bytes([content[middle] ^ 0xFF]))


def serials(box: Box) -> str:
    """The serial number of each certificate, by its place."""
    return box.ssh(
        "cd /var/lib/caddy/certificates && find . -name '*.crt' | sort |"
        " while read -r file; do echo $file $(openssl x509 -noout -serial -in $file); done"
    )


def test_a_lost_box_with_a_damaged_replica_comes_back_from_a_set(box: Box, second_box: Box) -> None:  # noqa: F811
    publish(box, owner_of(box), title="Kept", text="In the set.")
    # The pages first: whoever asks for a feed is counted.
    pages = contents.public_pages(box)
    stamp = back_up(box)
    tables, certificates = contents.tables(box), serials(box)
    box.ssh("systemctl start bearblog-certificates.service && bearblog wait_replicated --timeout 20")
    machine.pull_plug(box.droplet)
    damage_newest(box)
    current = buckets.read_object(box.bucket, "current")

    with pytest.raises(DropletError) as refused:
        second_box.play("restore.yml")
    said = " ".join(str(refused.value).split())
    assert re.search("is damaged or not whole: [a-z]", said)
    assert "Nothing was changed on this box" in said
    assert f"-e restore_from=snapshot:{stamp}" in said
    assert buckets.read_object(box.bucket, "current") == current
    assert second_box.ssh("ls /var/lib/bearblog/*.sqlite3* 2>/dev/null || true") == ""
    assert second_box.ssh("systemctl is-active caddy bearblog.socket || true").split() == ["inactive"] * 2

    output = second_box.play("restore.yml", "-e", "restore_from=snapshot")
    assert f"Restored from the backup set {stamp}" in output
    assert "pages of 1 blogs" in output
    assert contents.tables(second_box) == tables
    assert contents.public_pages(second_box) == pages
    assert serials(second_box) == certificates != ""
    second_box.ssh("bearblog wait_replicated --timeout 20")


def test_in_place_and_back_again(box: Box) -> None:
    owner = owner_of(box)
    publish(box, owner, title="Kept", text="In the set.")
    stamp = back_up(box)
    publish(box, owner, title="Later", text="After the set.")
    # Its certificate is made when somebody first asks for it.
    first_page.await_page(box, f"{box.blog_url}later/")
    certificates = serials(box)

    output = box.play("restore.yml", "-e", "restore_replace=true", "-e", f"restore_from=snapshot:{stamp}")
    first_page.await_page(box, f"{box.blog_url}kept/")
    with box.client() as reader:
        assert reader.get(f"{box.blog_url}later/").status_code == 404
    assert serials(box) == certificates
    box.ssh("bearblog wait_replicated --timeout 20")

    (undo,) = re.findall(
        r"/root/deploy/restore\.sh /root/backups/before-restore-\w+ --replace", " ".join(output.split())
    )
    box.ssh(undo)
    first_page.await_page(box, f"{box.blog_url}later/")
    box.ssh("bearblog wait_replicated --timeout 20 && bearblog doctor")


def test_what_is_not_the_blog_is_not_let_in_unless_it_must(box: Box) -> None:
    publish(box, owner_of(box), title="Kept", text="In the set.")
    back_up(box)
    box.ssh("systemctl stop bearblog-worker")
    box.ssh(f"bearblog shell --no-imports --command '{CLAIMS_A_THOUSAND_POSTS}'")
    box.ssh("bearblog wait_replicated --timeout 20")
    before = contents.tables(box)
    with pytest.raises(DropletError, match=r"newest\s+canary\s+counted\s+1000"):
        box.play("restore.yml", "-e", "restore_replace=true")
    first_page.await_page(box, f"{box.blog_url}kept/")
    assert contents.tables(box) == before

    output = box.play("restore.yml", "-e", "restore_replace=true", "-e", "restore_unchecked=true")
    assert "WARNING: Taken as it is, although: Rows are missing" in output
    first_page.await_page(box, f"{box.blog_url}kept/")
