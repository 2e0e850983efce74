"""The command that rebuilds the folder of host files."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from bearblog.domain.blogs.models import Blog


def test_the_folder_agrees_with_the_blogs(blog: Blog, hosts_folder: Path) -> None:
    out = io.StringIO()
    call_command("rebuild_hosts", stdout=out)
    assert out.getvalue().startswith("1 granted, 0 removed")
    assert (hosts_folder / "alice.bear.localhost").exists()


def test_a_folder_that_cannot_be_made_is_said(db: None, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.HOSTS_DIR = tmp_path / "file" / "hosts"
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("rebuild_hosts")
