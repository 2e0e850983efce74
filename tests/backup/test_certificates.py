"""certificates.sh: sent when they change, and back in an empty place."""

from tests.backup.scratch_box import PREFIX, ScratchBox, make_key

NAME = f"{PREFIX.removeprefix('replica/')}.tar.zst.age"


def lose_certificates(box: ScratchBox) -> None:
    (box.caddy / "certificates").rename(box.root / "lost")


def test_certificates_are_sent_once_for_each_change(box: ScratchBox) -> None:
    assert f"sent to certificates/{NAME}" in box.succeed("certificates.sh")
    assert "unchanged" in box.succeed("certificates.sh")
    box.write_certificate("other.example", "second")
    assert "sent" in box.succeed("certificates.sh")


def test_what_caddy_keeps_for_the_hour_is_no_change(box: ScratchBox) -> None:
    box.succeed("certificates.sh")
    (box.caddy / "locks").mkdir()
    (box.caddy / "locks/issue.lock").write_text("held")
    (box.caddy / "last_clean.json").write_text("{}")
    assert "unchanged" in box.succeed("certificates.sh")


def test_certificates_and_secret_key_come_back(box: ScratchBox) -> None:
    box.succeed("certificates.sh")
    lose_certificates(box)
    (box.credentials / "secret_key").unlink()
    assert f"restored from {NAME}" in box.succeed("certificates.sh", "--restore")
    assert (box.caddy / "certificates/local/blog.example/blog.example.crt").read_text() == "first"
    assert (box.credentials / "secret_key").read_text() == "the-secret-key-of-this-box"
    assert (box.credentials / "secret_key").stat().st_mode & 0o777 == 0o600


def test_the_newest_installation_is_taken_unless_another_is_named(box: ScratchBox) -> None:
    box.succeed("certificates.sh")
    box.write_certificate("blog.example", "of the next box")
    page = box.data / "installation.json"
    page.write_text(page.read_text().replace("20261120", "20261121"))
    box.succeed("certificates.sh")
    lose_certificates(box)
    box.succeed("certificates.sh", "--restore", PREFIX)
    crt = box.caddy / "certificates/local/blog.example/blog.example.crt"
    assert crt.read_text() == "first"
    (box.caddy / "certificates").rename(box.root / "lost again")
    box.succeed("certificates.sh", "--restore")
    assert crt.read_text() == "of the next box"


def test_certificates_that_are_there_are_kept(box: ScratchBox) -> None:
    box.succeed("certificates.sh")
    box.write_certificate("blog.example", "newer")
    (box.credentials / "secret_key").write_text("its own")
    assert "kept" in box.succeed("certificates.sh", "--restore")
    assert (box.caddy / "certificates/local/blog.example/blog.example.crt").read_text() == "newer"
    assert (box.credentials / "secret_key").read_text() == "its own"


def test_an_empty_bucket_is_no_failure(box: ScratchBox) -> None:
    lose_certificates(box)
    assert "the bucket holds none" in box.succeed("certificates.sh", "--restore")


def test_a_wrong_key_leaves_the_place_empty(box: ScratchBox) -> None:
    box.succeed("certificates.sh")
    lose_certificates(box)
    make_key(box.credentials / "backup_key")
    assert "cannot be opened" in box.refuse("certificates.sh", "--restore")
    assert list(box.caddy.iterdir()) == []


def test_a_key_that_is_no_age_identity_is_refused(box: ScratchBox) -> None:
    (box.credentials / "backup_key").write_text("password")
    assert "is no age identity" in box.refuse("certificates.sh")
    assert not (box.bucket / "certificates").exists()


def test_a_bucket_that_is_down_is_said_and_tried_again(box: ScratchBox) -> None:
    down = box.root / "bucket/a-file"
    down.write_text("no folder")
    box.name_bucket(down)
    assert "the certificates were not sent" in box.refuse("certificates.sh")
    box.name_bucket(box.bucket)
    assert "sent" in box.succeed("certificates.sh")
