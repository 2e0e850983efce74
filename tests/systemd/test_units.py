"""The units, as systemd itself judges them."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.rendering import PROJECT, render

UNITS = sorted(path.name.removesuffix(".j2") for path in (PROJECT / "systemd").glob("*.*.j2"))
SERVICES = [name for name in UNITS if name.endswith(".service")]
# Tenths of the exposure level, as `systemd-analyze security --threshold` wants them.
MOST_EXPOSED = {
    "bearblog.service": 5,
    "bearblog-worker.service": 15,
    "bearblog-drill.service": 15,
    "bearblog-doctor.service": 15,
    "bearblog-survey.service": 20,
    "bearblog-alarm@.service": 15,
    "bearblog-sync.service": 15,
    "litestream.service": 15,
    "caddy.service": 20,
}


def unit(name: str, *, with_bucket: bool = True) -> str:
    variables = {
        "app_has_bucket": with_bucket,
        "app_has_mail_key": with_bucket,
        "app_has_alarm_webhook": with_bucket,
        "app_has_ping_canary": with_bucket,
        "backup_has_ping_drill": with_bucket,
        "litestream_has_bucket": with_bucket,
        "backup_has_bucket": with_bucket,
        "backup_time": "23:45",
    }
    return render(f"systemd/{name}.j2", variables)


@pytest.mark.parametrize("with_bucket", [True, False])
def test_systemd_has_nothing_to_say_about_the_units(tmp_path: Path, with_bucket: bool) -> None:
    for name in UNITS:
        # The programs are those of this tree, since there is no box around the units here.
        text = unit(name, with_bucket=with_bucket).replace("/srv/bearblog/current", str(PROJECT))
        (tmp_path / name).write_text(text.replace("/usr/local/bin", str(PROJECT / ".venv/bin")))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(tmp_path / name for name in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", MOST_EXPOSED)
@pytest.mark.parametrize("with_bucket", [True, False])
def test_the_unit_is_no_more_exposed_than_agreed(tmp_path: Path, name: str, with_bucket: bool) -> None:
    file = tmp_path / name
    file.write_text(unit(name, with_bucket=with_bucket))
    done = subprocess.run(
        [
            "systemd-analyze",
            "security",
            "--offline=true",
            "--no-pager",
            f"--threshold={MOST_EXPOSED[name]}",
            str(file),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.splitlines()[-1]


@pytest.mark.parametrize("name", UNITS)
def test_the_unit_opens_with_who_runs_it_and_why(name: str) -> None:
    assert re.match(r"# \w.{30,}", unit(name))


@pytest.mark.parametrize("name", SERVICES)
def test_the_unit_holds_no_secret_and_reads_it_from_a_credential(name: str) -> None:
    text = unit(name)
    assert not re.search(r"^Environment=.*(KEY|SECRET|PASSWORD|TOKEN)", text, re.MULTILINE)
    for _, path in re.findall(r"^LoadCredential=(\w+):(\S+)", text, re.MULTILINE):
        assert path.startswith("/etc/bearblog/credentials/")


def test_the_web_service_has_no_network() -> None:
    text = unit("bearblog.service")
    assert "PrivateNetwork=yes\n" in text
    assert re.findall(r"^RestrictAddressFamilies=(.*)$", text, re.MULTILINE) == ["AF_UNIX"]


def test_only_the_worker_may_read_the_log_and_connect_as_caddy_does() -> None:
    grouped = [name for name in SERVICES if re.search(r"^SupplementaryGroups=", unit(name), re.MULTILINE)]
    assert grouped == ["bearblog-worker.service"]
    assert "SupplementaryGroups=caddy\n" in unit("bearblog-worker.service")


def test_the_web_service_is_started_again_however_often_it_fails() -> None:
    text = unit("bearblog.service")
    assert "StartLimitIntervalSec=0\n" in text
    assert "Restart=always\n" in text


def test_the_web_service_is_killed_only_after_gunicorn_has_given_up_waiting() -> None:
    stop = int(re.findall(r"^TimeoutStopSec=(\d+)$", unit("bearblog.service"), re.MULTILINE)[0])
    settings = (PROJECT / "deploy/gunicorn.conf.py").read_text()
    grace = int(re.findall(r"^graceful_timeout = (\d+)$", settings, re.MULTILINE)[0])
    assert stop > grace


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_that_fails_is_told_of_by_the_one_that_tells(name: str) -> None:
    told = re.findall(r"^OnFailure=(.*)$", unit(name), re.MULTILINE)
    assert told == ([] if name == "bearblog-alarm@.service" else ["bearblog-alarm@%n.service"])


@pytest.mark.parametrize("name", ["bearblog.service", "bearblog-worker.service", "litestream.service"])
def test_whoever_writes_to_the_database_settles_its_log_when_it_was_killed(name: str) -> None:
    assert "\nExecStopPost=-/srv/bearblog/current/deploy/run.sh recover\n" in unit(name)


def test_the_one_that_tells_needs_no_other_and_rests_before_it_tells_again() -> None:
    text = unit("bearblog-alarm@.service")
    assert not re.search(r"^(Requires|Requisite|BindsTo|Wants|After)=", text, re.MULTILINE)
    assert "manage alarm --unit %i\n" in text
    assert "ExecStartPost=/usr/bin/sleep 60\n" in text


def test_whoever_notes_an_alarm_may_write_where_alarms_are_noted() -> None:
    for name in ("bearblog.service", "bearblog-worker.service", "bearblog-alarm@.service"):
        assert re.search(r"^ReadWritePaths=.* -/var/lib/bearblog-alarms$", unit(name), re.MULTILINE), name


def test_addresses_are_given_to_those_who_speak_to_them_only() -> None:
    holders = {
        name: [service for service in SERVICES if f"LoadCredential={name}:" in unit(service)]
        for name in ("alarm_webhook", "ping_canary", "ping_drill")
    }
    assert holders == {
        "alarm_webhook": ["bearblog-alarm@.service", "bearblog-doctor.service", "bearblog-worker.service"],
        "ping_canary": ["bearblog-worker.service"],
        "ping_drill": ["bearblog-drill.service"],
    }
    assert not any("alarm_webhook" in unit(service, with_bucket=False) for service in SERVICES)


def test_a_restore_is_rehearsed_an_hour_after_the_backup() -> None:
    assert "OnCalendar=*-*-* 00:45\n" in unit("bearblog-drill.timer")


def test_a_rehearsal_comes_after_everything_else_and_writes_its_records_only() -> None:
    text = unit("bearblog-drill.service")
    for line in ("Nice=19", "IOSchedulingClass=idle", "StateDirectory=bearblog-drill", "User=bearblog"):
        assert f"{line}\n" in text
    assert "ReadWritePaths" not in text + unit("bearblog-drill.service", with_bucket=False)
    assert "backup_key" not in text


def test_the_survey_writes_into_memory_only_and_asks_one_address() -> None:
    text = unit("bearblog-survey.service")
    assert "ReadWritePaths" not in text
    assert "StateDirectory" not in text
    assert re.findall(r"^IPAddress\w+=.*$", text, re.MULTILINE) == [
        "IPAddressDeny=any",
        "IPAddressAllow=169.254.169.254",
    ]
    # The later line holds.
    assert re.findall(r"^ProcSubset=(\w+)$", text, re.MULTILINE) == ["pid", "all"]


def test_the_report_is_kept_where_the_application_looks_for_it() -> None:
    assert "StateDirectory=bearblog-doctor\n" in unit("bearblog-doctor.service")
    settings = (PROJECT / "bearblog/settings.py").read_text()
    assert 'DOCTOR_REPORT", f"{DATA_DIR}-doctor/report.json"' in settings


def test_a_box_without_a_bucket_has_no_bucket_credential() -> None:
    assert "credentials/bucket" not in unit("bearblog-drill.service", with_bucket=False)
    for name in ("bearblog-worker.service", "litestream.service"):
        assert "credentials/bucket" in unit(name)
        text = unit(name, with_bucket=False)
        assert "credentials/bucket" not in text
        assert "ReadWritePaths=/var/lib/bearblog-replica\n" in text
