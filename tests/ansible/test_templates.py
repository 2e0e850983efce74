"""The files that the roles write, rendered with every variable and checked by their readers."""

import configparser
import re

from bearblog.engines.replication import config
from tests.rendering import PROJECT, render

WITH_BUCKET: dict[str, object] = {
    "app_has_bucket": True,
    "app_bucket_name": "words",
    "app_bucket_endpoint": "https://fra1.digitaloceanspaces.com",
    "app_bucket_region": "fra1",
    "app_bucket_in_host": True,
    "app_has_second_bucket": False,
}
WITHOUT_BUCKET: dict[str, object] = {**WITH_BUCKET, "app_has_bucket": False}
LITESTREAM: dict[str, object] = {
    "litestream_metrics_address": "127.0.0.1:9090",
    "litestream_control_socket": "/run/litestream/control.sock",
    "litestream_database": "/var/lib/bearblog/bearblog.sqlite3",
    "litestream_meta_path": "/var/lib/litestream/replica/20261121T024500Z-0123abcd",
    "litestream_replica_url": "s3://words/replica/20261121T024500Z-0123abcd?endpoint=https://fra1.example.com",
}


def environment(provider: str) -> str:
    variables = {
        "app_main_host": "blog.example.org",
        "app_blogs_domain": "example.net",
        "app_https_port": 443,
        "app_public_ipv4": "203.0.113.7",
        "app_public_ipv6": "",
        "app_signup": "invite",
        "app_blogs_per_user": 10,
        "app_discover": True,
        "app_admin_path": "",
        "app_media_quota_mb": 1000,
        "app_pages_most_mb": 2000,
        "app_pages_a_minute": 300,
        "app_country_database": "",
        "app_has_bucket": True,
        "app_second_bucket_name": "copies",
        "app_replica_url": "s3://words/{prefix}?endpoint=https://fra1.example.com&region=fra1",
        "app_alarm_email": "owner@example.org",
        "app_from_email": "Bearblog <noreply@blog.example.org>",
        "app_mail_provider": provider,
        "app_smtp_host": "mail.example.org",
        "app_smtp_port": 587,
        "app_smtp_user": "alice",
        "app_mailgun_domain": "blog.example.org",
        "app_mailgun_api_url": "https://api.mailgun.net/v3",
    }
    return render("ansible/roles/app/templates/bearblog.env.j2", variables)


def test_every_setting_on_the_box_is_one_that_the_application_reads() -> None:
    settings = (PROJECT / "bearblog/settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', settings))
    for provider in ("none", "smtp", "mailgun"):
        lines = [line for line in environment(provider).splitlines() if not line.startswith("#")]
        assert all(re.fullmatch(r'BEARBLOG_\w+="[^"\\$`]*"', line) for line in lines)
        assert {line.split("=")[0].removeprefix("BEARBLOG_") for line in lines} <= read


def test_the_worker_may_make_its_socket_in_a_folder_that_is_there() -> None:
    named = re.findall(r'^BEARBLOG_STANDING_SOCKET="(.*)/[^/]+"$', environment("none"), re.MULTILINE)
    assert named == ["/run/bearblog/standing"]
    folders = (PROJECT / "ansible/roles/host/templates/tmpfiles.conf.j2").read_text()
    assert "\nd /run/bearblog/standing 0700 bearblog bearblog\n" in folders
    worker = (PROJECT / "systemd/bearblog-worker.service.j2").read_text()
    assert "\nReadWritePaths=-/run/bearblog/standing\n" in worker


def test_the_doctor_reads_what_the_survey_writes() -> None:
    named = re.findall(r'^BEARBLOG_SURVEY_FILE="(.+)"$', environment("none"), re.MULTILINE)
    unit = (PROJECT / "systemd/bearblog-survey.service.j2").read_text()
    assert re.findall(r"--to (\S+)", unit) == named


def test_the_replica_configuration_passes_the_strict_check() -> None:
    text = render("ansible/roles/litestream/templates/litestream.yml.j2", LITESTREAM)
    assert config.check(text) == []


def test_the_replica_of_a_box_without_a_bucket_passes_it_too() -> None:
    folder = {**LITESTREAM, "litestream_replica_url": "file:///var/lib/bearblog-replica/replica/x"}
    text = render("ansible/roles/litestream/templates/litestream.yml.j2", folder)
    assert config.check(text) == []


def test_rclone_finds_the_bucket_and_no_secret() -> None:
    parsed = configparser.ConfigParser()
    parsed.read_string(render("ansible/roles/app/templates/rclone.conf.j2", WITH_BUCKET))
    assert parsed["bucket"]["remote"] == "bucket-store:words"
    assert parsed["bucket-store"]["env_auth"] == "true"
    assert not any("secret" in name or "access_key" in name for name in parsed["bucket-store"])
    assert "second" not in parsed


def test_rclone_finds_the_second_bucket_by_keys_of_its_own() -> None:
    second = {"name": "copies", "endpoint": "https://ams3.digitaloceanspaces.com", "region": "ams3"}
    variables = {f"app_second_bucket_{name}": value for name, value in second.items()}
    names = {"app_has_second_bucket": True, "app_second_bucket_in_host": True}
    parsed = configparser.ConfigParser()
    parsed.read_string(
        render("ansible/roles/app/templates/rclone.conf.j2", {**WITH_BUCKET, **variables, **names})
    )
    assert parsed["second"]["remote"] == "second-store:copies"
    assert parsed["second-store"]["endpoint"] == second["endpoint"]
    assert parsed["second-store"]["profile"] == "second"
    assert "profile" not in parsed["bucket-store"]


def test_rclone_finds_the_folder_that_stands_for_a_bucket() -> None:
    parsed = configparser.ConfigParser()
    parsed.read_string(render("ansible/roles/app/templates/rclone.conf.j2", WITHOUT_BUCKET))
    assert dict(parsed["bucket"]) == {"type": "alias", "remote": "/var/lib/bearblog-replica"}


def test_the_firewall_keeps_open_the_port_that_ansible_came_in_by() -> None:
    variables = {"host_ssh_port": "2222", "host_https_port": 8443}
    text = render("ansible/roles/host/templates/nftables.conf.j2", variables)
    assert "tcp dport { 22, 2222, 80, 443, 8443 } accept" in text
    assert "udp dport { 443, 8443 } accept" in text


def test_the_box_restarts_for_updates_only_when_it_may() -> None:
    never = render("ansible/roles/host/templates/apt.conf.j2", {"host_reboot_time": ""})
    assert 'Automatic-Reboot "false"' in never
    assert "Reboot-Time" not in never
    at_night = render("ansible/roles/host/templates/apt.conf.j2", {"host_reboot_time": "04:40"})
    assert 'Automatic-Reboot-Time "04:40"' in at_night
