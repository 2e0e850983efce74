"""From when to when certificates hold, read without a library."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deploy.survey import certificates
from tests.strangers import make_certificate

PUBLIC = "acme-v02.api.letsencrypt.org-directory"


def place(root: Path, authority: str, name: str) -> Path:
    folder = root / "var/lib/caddy/certificates" / authority / name
    folder.mkdir(parents=True)
    made = make_certificate(folder, name)
    (folder / "public.pem").rename(folder / f"{name}.crt")
    made.rename(folder / f"{name}.key")
    return folder / f"{name}.crt"


def test_each_certificate_is_read_with_its_authority(tmp_path: Path) -> None:
    place(tmp_path, PUBLIC, "blog.example.org")
    place(tmp_path, "local", "hello.bear.localhost")
    found = certificates.look(tmp_path)
    assert [(one["name"], one["public"]) for one in found] == [
        ("blog.example.org", True),
        ("hello.bear.localhost", False),
    ]
    begin, end = (datetime.fromisoformat(str(found[0][key])) for key in ("begin", "end"))
    assert end - begin == timedelta(days=2)
    assert abs(datetime.now(UTC) - begin) < timedelta(minutes=5)


def test_the_moments_are_those_that_openssl_reads_also_far_ahead(tmp_path: Path) -> None:
    file = tmp_path / "old.crt"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    command += ["-nodes", "-subj", "/CN=far", "-days", "20000", "-keyout", str(tmp_path / "key")]
    subprocess.run([*command, "-out", str(file)], check=True, capture_output=True)
    told = subprocess.run(
        ["openssl", "x509", "-in", str(file), "-noout", "-enddate"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    _, end = certificates.validity(file.read_text() * 2)
    assert end.year > 2050
    assert f"{end:%b} {end.day:2d} {end:%H:%M:%S %Y} GMT" == told.strip().removeprefix("notAfter=")


def test_where_there_is_none_nothing_is_found(tmp_path: Path) -> None:
    assert certificates.look(tmp_path) == []


@pytest.mark.parametrize("keep", [0, 200, 400])
def test_a_certificate_that_is_cut_short_is_refused(tmp_path: Path, keep: int) -> None:
    file = place(tmp_path, PUBLIC, "blog.example.org")
    file.write_text(file.read_text()[:keep])
    with pytest.raises(ValueError, match=r"\w"):
        certificates.look(tmp_path)
