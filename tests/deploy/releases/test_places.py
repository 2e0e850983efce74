"""Where releases lie, and which one serves."""

import pytest

from deploy.releases.errors import ReleaseError
from deploy.releases.places import Places


def test_the_link_says_what_serves_and_is_swung(places: Places) -> None:
    assert places.serving() == "20261102-bbbbbbbb"
    places.swing("20261103-cccccccc")
    assert places.serving() == "20261103-cccccccc"
    assert places.current.resolve() == places.releases / "20261103-cccccccc"


def test_a_swing_that_broke_off_is_swung_again(places: Places) -> None:
    places.current.with_name(".current.new").symlink_to("/nowhere")
    places.swing("20261103-cccccccc")
    assert places.serving() == "20261103-cccccccc"


@pytest.mark.parametrize("version", ["20261104-dddddddd", "../releases/20261101-aaaaaaaa", ""])
def test_what_is_not_prepared_is_no_release(places: Places, version: str) -> None:
    with pytest.raises(ReleaseError, match="There is no release .*there are: 20261101-aaaaaaaa, 2026"):
        places.release(version)


def test_a_release_whose_installation_broke_off_is_none(places: Places) -> None:
    (places.releases / "20261101-aaaaaaaa/.prepared").unlink()
    assert places.prepared() == ["20261102-bbbbbbbb", "20261103-cccccccc"]
    with pytest.raises(ReleaseError, match="There is no release 20261101-aaaaaaaa"):
        places.release("20261101-aaaaaaaa")


def test_a_box_on_which_nothing_serves_says_so(places: Places) -> None:
    places.current.unlink()
    with pytest.raises(ReleaseError, match="No release serves on this box yet"):
        places.serving()


def test_a_release_names_the_wheels_that_it_was_made_of(places: Places) -> None:
    assert places.wheels_of("20261101-aaaaaaaa") == "wheels-x86_64-01234567.tar"


def test_settings_are_read_as_systemd_reads_them(places: Places) -> None:
    places.environment.parent.mkdir(parents=True)
    places.environment.write_text(
        '# Settings.\nBEARBLOG_MAIN_HOST="bear.localhost"\nBEARBLOG_HTTPS_PORT="8443"\n'
    )
    assert places.setting("BEARBLOG_MAIN_HOST") == "bear.localhost"
    assert places.setting("BEARBLOG_HOST") == ""
