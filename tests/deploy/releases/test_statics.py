"""Style sheets that a browser's page from yesterday asks for."""

import json
from pathlib import Path

import pytest

from deploy.releases import statics


def make_release(folder: Path, **files: str) -> Path:
    """A release whose manifest has these hashed files, as whitenoise writes them."""
    static = folder / "static"
    for name, text in files.items():
        (static / "base").mkdir(parents=True, exist_ok=True)
        (static / f"base/{name}.css").write_text(text)
        (static / f"base/{name}.css.gz").write_text(f"packed {text}")
    paths = {f"base/{name.partition('_')[0]}.css": f"base/{name}.css" for name in files}
    (static / "staticfiles.json").write_text(json.dumps({"paths": paths}))
    return folder


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    return make_release(tmp_path / "earlier", site_1111="old", print_3333="same")


def test_the_files_of_an_earlier_release_come_along_packed_ones_too(tmp_path: Path, earlier: Path) -> None:
    release = make_release(tmp_path / "new", site_2222="new", print_3333="same")
    assert statics.inherit(release, [earlier]) == 2
    assert (release / "static/base/site_1111.css").read_text() == "old"
    assert (release / "static/base/site_1111.css.gz").read_text() == "packed old"
    assert statics.inherit(release, [earlier]) == 0


def test_what_a_release_has_inherited_itself_is_not_handed_on(tmp_path: Path, earlier: Path) -> None:
    middle = make_release(tmp_path / "middle", site_2222="middle")
    statics.inherit(middle, [earlier])
    newest = make_release(tmp_path / "newest", site_4444="newest")
    statics.inherit(newest, [middle])
    assert not (newest / "static/base/site_1111.css").exists()
    assert (newest / "static/base/site_2222.css").exists()


def test_a_release_that_is_gone_has_nothing_to_hand_on(tmp_path: Path) -> None:
    release = make_release(tmp_path / "new", site_2222="new")
    assert statics.inherit(release, [tmp_path / "gone"]) == 0
