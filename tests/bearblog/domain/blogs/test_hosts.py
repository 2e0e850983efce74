"""The folder that Caddy asks."""

from pathlib import Path

from bearblog.domain.blogs import hosts
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import set_custom_domain


def test_a_rebuild_grants_what_is_missing_and_removes_strays(blog: Blog, hosts_folder: Path) -> None:
    set_custom_domain(blog=blog, domain="www.example.org")
    (hosts_folder / "stray.example").touch()
    assert hosts.rebuild() == (3, 1)
    files = {file.name: file for file in hosts_folder.iterdir()}
    assert set(files) == {"alice.bear.localhost", "example.org", "www.example.org"}
    assert all(file.stat().st_size == 0 and file.stat().st_mode & 0o777 == 0o644 for file in files.values())
    assert hosts.rebuild() == (0, 0)


def test_the_folder_is_made_when_it_is_missing(blog: Blog, hosts_folder: Path) -> None:
    hosts_folder.rmdir()
    hosts.rebuild()
    assert hosts_folder.stat().st_mode & 0o777 == 0o755


def test_a_name_that_passed_to_another_blog_stays_granted(blog: Blog, hosts_folder: Path) -> None:
    hosts.settle(["alice.bear.localhost", "gone.bear.localhost"])
    assert [file.name for file in hosts_folder.iterdir()] == ["alice.bear.localhost"]


def test_no_name_leads_out_of_the_folder(db: None, hosts_folder: Path) -> None:
    outside = hosts_folder.parent / "kept"
    outside.touch()
    hosts.settle(["../kept", "..", ".", "/etc/hostname"])
    assert outside.exists()
    assert not list(hosts_folder.iterdir())
