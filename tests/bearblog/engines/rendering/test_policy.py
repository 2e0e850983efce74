"""Which frames are shown, by exact host."""

import pytest

from bearblog.engines.rendering import players, policy


@pytest.mark.parametrize(
    ("page", "frame"),
    [
        (
            "https://www.youtube.com/watch?v=a_b-1&t=62s",
            "https://www.youtube-nocookie.com/embed/a_b-1?start=62",
        ),
        ("https://youtu.be/a?si=x", "https://www.youtube-nocookie.com/embed/a"),
        ("https://m.youtube.com/shorts/a", "https://www.youtube-nocookie.com/embed/a"),
        (
            "https://www.youtube.com/playlist?list=PL1",
            "https://www.youtube-nocookie.com/embed/videoseries?list=PL1",
        ),
        ("https://vimeo.com/12/abc", "https://player.vimeo.com/video/12?dnt=1&h=abc"),
        ("https://www.dailymotion.com/video/x1", "https://geo.dailymotion.com/player.html?video=x1"),
        ("https://dai.ly/x1", "https://geo.dailymotion.com/player.html?video=x1"),
        ("https://open.spotify.com/track/a1", "https://open.spotify.com/embed/track/a1"),
        (
            "https://soundcloud.com/a/b",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fa%2Fb",
        ),
        ("https://music.apple.com/us/album/a/1?i=2", "https://embed.music.apple.com/us/album/a/1?i=2"),
        ("https://podcasts.apple.com/us/podcast/a/id1", "https://embed.podcasts.apple.com/us/podcast/a/id1"),
        ("https://codepen.io/a/pen/b", "https://codepen.io/a/embed/b"),
        ("https://archive.org/details/a.b", "https://archive.org/embed/a.b"),
        ("https://www.ted.com/talks/a_b", "https://embed.ted.com/talks/a_b"),
    ],
)
def test_a_known_page_has_a_frame(page: str, frame: str) -> None:
    made = players.frame_for(page)
    assert made is not None
    assert made.address == frame
    assert policy.allowed_frame_address(frame) == frame


@pytest.mark.parametrize(
    "page",
    [
        "http://youtu.be/a",
        "https://www.youtube.com/",
        "https://www.youtube.com/@someone",
        "https://www.youtube.com/watch?v=../a",
        "https://youtube.com.evil.example/watch?v=a",
        "https://evil.example/watch?v=a",
        "https://a@youtu.be/a",
        "https://youtu.be:443/a",
        "https://vimeo.com/about",
        "https://open.spotify.com/user/a",
        "https://soundcloud.com/a",
        "https://music.apple.com/us",
        "https://codepen.io/a",
        "https://archive.org/about",
        "https://[bad/",
        "https://youtu.be\\a",
        "",
    ],
)
def test_other_pages_have_none(page: str) -> None:
    assert players.frame_for(page) is None


@pytest.mark.parametrize("host", policy.frame_hosts())
def test_each_host_is_shown_by_https_alone(host: str) -> None:
    assert policy.allowed_frame_address(f"https://{host}/x") == f"https://{host}/x"
    assert policy.allowed_frame_address(f"http://{host}/x") is None
    assert policy.allowed_frame_address(f"//{host}/x") is None
    assert policy.allowed_frame_address(f"https://{host}.evil.example/x") is None
    assert policy.allowed_frame_address(f"https://{host}:8443/x") is None
    assert policy.allowed_frame_address(f"https://evil.example/{host}") is None
