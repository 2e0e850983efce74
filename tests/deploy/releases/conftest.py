"""A box's folders below a root of their own."""

from pathlib import Path

import pytest

from deploy.releases.places import Places


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A box with three prepared releases, of which the second one serves."""
    made = Places(tmp_path / "root")
    for version in ("20261101-aaaaaaaa", "20261102-bbbbbbbb", "20261103-cccccccc"):
        folder = made.releases / version
        folder.mkdir(parents=True)
        (folder / ".prepared").write_text("wheels-x86_64-01234567.tar\n")
    made.current.symlink_to(made.releases / "20261102-bbbbbbbb")
    return made
