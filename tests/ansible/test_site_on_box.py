"""The install playbook on a real box: what it leaves behind, and that a second run finds nothing to do."""

import json

import httpx
import pytest

from deploy.droplet import box as boxes
from deploy.droplet.box import Box

pytestmark = pytest.mark.box

STAGING_PATHS = (
    "/etc/caddy/Caddyfile",
    "/var/log/caddy/access.log",
    "/etc/systemd/system/caddy.service",
    "/etc/systemd/system/bearblog.service",
    "/etc/systemd/system/litestream.service",
    "/etc/litestream.yml",
    "/root/deploy/run.sh",
    "/root/deploy/backup.sh",
    "/root/deploy/restore.sh",
    "/root/deploy/drill.sh",
    "/root/backups",
)
MOST_EXPOSED = {
    "bearblog.service": 1.5,
    "bearblog-worker.service": 1.5,
    "bearblog-drill.service": 1.5,
    "bearblog-doctor.service": 1.5,
    "bearblog-survey.service": 2.0,
    "litestream.service": 1.5,
    "caddy.service": 2.0,
}


def test_a_second_run_and_check_mode_find_nothing_to_change(box: Box) -> None:
    assert boxes.changed_tasks(box.play("site.yml")) == []
    assert boxes.changed_tasks(box.play("site.yml", "--check", "--diff")) == []


def test_the_site_and_the_first_blog_answer_over_https(box: Box) -> None:
    with box.client() as client:
        assert client.get(box.site_url).status_code == 200
        page = client.get(box.blog_url)
    assert page.status_code == 200
    assert page.headers["content-security-policy"] == "frame-ancestors 'none'"
    assert """<meta http-equiv="Content-Security-Policy" content="default-src 'none'""" in page.text
    assert "set-cookie" not in page.headers


def test_plain_http_leads_to_https(box: Box) -> None:
    answer = httpx.get(f"http://{box.droplet.address}/blog/", headers={"Host": "hello.bear.localhost"})
    assert answer.status_code == 308
    assert answer.headers["location"] == f"{box.blog_url}blog/"


def test_the_paths_of_the_staging_droplet_hold(box: Box) -> None:
    box.ssh(f"ls -d {' '.join(STAGING_PATHS)}")
    assert "backup" in box.ssh("crontab -l")


def test_nothing_failed_and_the_box_finds_itself_well(box: Box) -> None:
    assert box.ssh("systemctl --failed --no-legend").strip() == ""
    box.ssh("bearblog doctor")


def test_the_doctor_sees_what_only_root_can_see_and_keeps_its_report(box: Box) -> None:
    box.ssh("systemctl start bearblog-doctor.service")
    kept = json.loads(box.ssh("cat /var/lib/bearblog-doctor/report.json"))
    grades = {finding["name"]: finding["grade"] for finding in kept["findings"]}
    seen = {"survey", "memory", "failed units", "clock", "certificates", "issued certificates", "drift"}
    assert {name: grades[name] for name in seen} == dict.fromkeys(seen, "ok"), kept["findings"]
    assert grades.keys() >= {"updates", "reboot", "reserved address"}
    assert "fail" not in grades.values(), kept["findings"]


def test_a_file_that_somebody_changed_is_named(box: Box) -> None:
    box.ssh("echo '# by hand' >>/etc/caddy/Caddyfile; mkdir /etc/systemd/system/bearblog.service.d")
    box.ssh("echo '[Service]' >/etc/systemd/system/bearblog.service.d/by-hand.conf")
    told = box.ssh("bearblog doctor || true")
    assert "FAIL     drift: " in told
    assert "changed: /etc/caddy/Caddyfile; added: /etc/systemd/system/bearblog.service.d/by-hand.conf" in told


@pytest.mark.parametrize("unit", MOST_EXPOSED)
def test_a_unit_is_hardened(box: Box, unit: str) -> None:
    box.ssh(f"systemd-analyze security --threshold={MOST_EXPOSED[unit] * 10:.0f} --no-pager {unit}")


def test_readiness_is_not_public(box: Box) -> None:
    with box.client() as client:
        assert client.get(f"{box.site_url}healthz").status_code == 200
        assert client.get(f"{box.site_url}readyz").status_code == 404


def test_a_host_that_nobody_was_granted_gets_no_certificate(box: Box) -> None:
    with box.client() as client, pytest.raises(httpx.ConnectError, match="alert internal error"):
        client.get(f"https://nobody.bear.localhost:{box.https_port}/")


def test_certificates_do_not_depend_on_the_application(box: Box) -> None:
    box.ssh("systemctl stop bearblog.socket bearblog.service; rm -rf /var/lib/caddy/certificates/*/*hello*")
    box.ssh("systemctl restart caddy")
    with box.client() as client:
        assert client.get(box.blog_url).status_code == 503
    box.ssh("ls -d /var/lib/caddy/certificates/*/*hello*")


def test_a_nonsense_host_header_gets_a_plain_refusal(box: Box) -> None:
    hosts = [
        "..",
        "..:80",
        "a/b",
        "%2e%2e",
        "a" * 300,
        "[::1]",
        "hello..bear.localhost",
        "nobody.bear.localhost",
    ]
    with box.client() as client:
        statuses = {host: client.get(box.blog_url, headers={"Host": host}).status_code for host in hosts}
    assert set(statuses.values()) <= {400, 404}, statuses
