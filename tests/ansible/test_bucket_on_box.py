"""A bucket that is not there, or refuses, or was never named: the site comes up, and the alarm is plain."""

import pytest

from deploy.droplet.box import Box
from deploy.droplet.state import DropletError

pytestmark = pytest.mark.box


def assert_site_is_up(box: Box) -> None:
    with box.client() as client:
        assert client.get(box.site_url).status_code == 200
        assert client.get(box.blog_url).status_code == 200


def test_an_unreachable_bucket_at_install_does_not_keep_the_site_down(bare_box: Box) -> None:
    bare_box.write_inventory(bucket_endpoint="http://10.213.0.1:9")
    said = bare_box.play("site.yml")
    assert "ALARM: nothing leaves this box" in said
    assert_site_is_up(bare_box)
    with pytest.raises(DropletError, match="(?i)fail.*bucket"):
        bare_box.ssh("bearblog doctor >&2")


def test_a_refused_key_at_install_does_not_keep_the_site_down(bare_box: Box) -> None:
    bare_box.write_inventory(bucket_secret_key="not-the-key")
    said = bare_box.play("site.yml")
    assert "ALARM: nothing leaves this box" in said
    assert "bucket_secret_key" in said
    assert_site_is_up(bare_box)

    # The key is corrected, the playbook run again: nothing else is needed.
    bare_box.write_inventory()
    assert "ALARM" not in bare_box.play("site.yml")
    bare_box.ssh("bearblog wait_replicated --timeout 30")


def test_a_box_without_a_bucket_works_and_says_what_that_means(bare_box: Box) -> None:
    without = dict.fromkeys(
        ("bucket_name", "bucket_endpoint", "bucket_region", "bucket_access_key", "bucket_secret_key"), ""
    )
    bare_box.write_inventory(**without)
    said = bare_box.play("site.yml")
    assert "ALARM: there is no bucket" in said
    assert_site_is_up(bare_box)
    assert "no bucket" in bare_box.ssh("bearblog doctor").lower()
    bare_box.ssh("bearblog wait_replicated --timeout 20")
