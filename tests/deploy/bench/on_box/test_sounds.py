from pathlib import Path

import pytest

from bearblog.domain.blogs.models import Blog
from bearblog.domain.media import storage
from bearblog.domain.media.models import MediaFile
from deploy.bench.on_box.sounds import add_sounds


def test_blogs_get_files_in_turns_that_are_no_copies_of_each_other(
    blog: Blog, media_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_sounds(3, 1_000)
    files = MediaFile.objects.filter(blog=blog)
    assert [file.content_type for file in files] == ["audio/wav"] * 3
    stored = {storage.path_of(file.sha256, file.extension) for file in files}
    assert {path for path in media_folder.rglob("*") if path.is_file()} == stored
    assert len(stored) == 3
    assert all(1_000 <= path.stat().st_size < 1_100 for path in stored)
    assert capsys.readouterr().out == "3\n"
