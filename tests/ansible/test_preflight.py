"""What the first play refuses, all at once, before anything is touched."""

from pathlib import Path

import pytest

from tests.ansible.playbook import check_here, refusal

HOSTS: dict[str, dict[str, object]] = {
    "wrong": {
        "main_host": "Not a host",
        "https_port": 99999,
        "public_ipv4": "the droplet",
        "owner_email": "nobody",
        "signup": "maybe",
        "admin_path": "staff",
        "media_quota_mb": "much",
        "country_database": "countries.mmdb",
        "discover": "perhaps",
        "blogs_per_user": "many",
        "first_blog_subdomain": "two words",
        "mail_provider": "pigeon",
        "alarm_email": "the owner",
        "alarm_webhook": "http://hooks.example.org/a-secret-path",
        "ping_drill": "uuid",
        "bucket_name": "https://somewhere",
        "second_bucket_name": "https://elsewhere",
        "second_bucket_endpoint": "ams3",
        "acme_ca": "letsencrypt",
        "restore_to": "yesterday",
        "restore_from": "tape",
        "restore_unchecked": True,
        "reboot_time": "at night",
        "caddy_binary_file": "/opt/caddy",
    },
    "empty": {},
    "nameless": {
        "main_host": "Wrong",
        "bucket_endpoint": "https://fra1.example.com",
        "second_bucket_region": "ams3",
    },
    "secretive": {
        "main_host": "Wrong",
        "bucket_name": "b",
        "second_bucket_name": "b",
        "bucket_secret_key": "hushhush",
        "second_bucket_secret_key": "hushhushhush",
        "secret_key": "hush",
        "backup_key": "hushhushhush",
    },
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """All that one run over these hosts says."""
    return check_here(tmp_path_factory.mktemp("preflight"), HOSTS)


def test_everything_that_is_wrong_is_said_at_once(said: str) -> None:
    refused = refusal(said, "wrong")
    for sentence in (
        "main_host is 'Not a host'; it must be a host name",
        "https_port is '99999'; it must be a port number",
        "public_ipv4 is 'the droplet'",
        'owner_email is "nobody"',
        "signup is 'maybe'; it must be open, invite, approval or closed.",
        "admin_path is 'staff', where the site itself has pages",
        "media_quota_mb is 'much'",
        "country_database is 'countries.mmdb'",
        "discover is 'perhaps'",
        "blogs_per_user is 'many'",
        "first_blog_subdomain is 'two words'",
        "mail_provider is 'pigeon'",
        "alarm_email is 'the owner'",
        "alarm_webhook, ping_drill must be an address that begins with https://",
        "bucket_name is 'https://somewhere'",
        "bucket_endpoint, bucket_region, bucket_access_key, bucket_secret_key missing",
        "second_bucket_region, second_bucket_access_key, second_bucket_secret_key missing",
        "second_bucket_name, second_bucket_endpoint or second_bucket_region is not such as",
        "backup_key is missing",
        "acme_ca is 'letsencrypt'",
        "restore_to is set, but this is no restore",
        "restore_to is 'yesterday'",
        "restore_from is set, but this is no restore",
        "restore_from is 'tape'; it must be replica, snapshot",
        "restore_unchecked is set, but this is no restore",
        "reboot_time is 'at night'",
        "caddy_binary_file",
    ):
        assert sentence in refused
    assert "nothing was touched" in refused
    assert "Install the packages" not in refused


def test_an_empty_inventory_is_told_what_is_missing(said: str) -> None:
    refused = refusal(said, "empty")
    assert "main_host is missing; it is the domain of your site" in refused
    assert "owner_email is missing" in refused
    assert "nothing was touched" in refused


def test_a_bucket_without_a_name_is_told_so(said: str) -> None:
    assert "bucket_endpoint set, but bucket_name is missing." in refusal(said, "nameless")
    assert "second_bucket_region set, but second_bucket_name is missing." in refusal(said, "nameless")


def test_the_second_bucket_is_another_one(said: str) -> None:
    assert "second_bucket_name and bucket_name are one bucket" in refusal(said, "secretive")


def test_no_secret_is_said(said: str) -> None:
    assert "secret_key is too short" in refusal(said, "secretive")
    assert "hush" not in said
    assert "a-secret-path" not in said


def test_a_restore_that_also_begins_anew_is_refused(tmp_path: Path) -> None:
    said = check_here(tmp_path, {"here": {"main_host": "Wrong", "start_new": True}}, playbook="restore.yml")
    assert "restore and start_new contradict each other" in said
    assert "owner_email" not in said


@pytest.mark.parametrize("source", ["snapshot:yesterday", "20261121T024500Z", "snapshot:", "bucket:latest"])
def test_a_set_that_is_not_named_as_one_is_refused(tmp_path: Path, source: str) -> None:
    here: dict[str, object] = {"main_host": "Wrong", "restore_from": source}
    assert f"restore_from is '{source}'" in check_here(tmp_path, {"here": here}, playbook="restore.yml")


def test_a_moment_of_a_set_is_refused(tmp_path: Path) -> None:
    hosts: dict[str, dict[str, object]] = {
        "named": {"main_host": "Wrong", "restore_from": "snapshot:20261121T024500Z"},
        "both": {
            "main_host": "Wrong",
            "restore_from": "latest",
            "restore_to": "2026-11-21T03:00:00Z",
        },
    }
    said = check_here(tmp_path, hosts, playbook="restore.yml")
    assert "restore_to and restore_from contradict each other" in refusal(said, "both")
    assert "restore_from" not in refusal(said, "named")
