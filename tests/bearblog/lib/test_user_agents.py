"""What a User-Agent header tells."""

import pytest

from bearblog.lib import user_agents

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"
)
CUBOT = (
    "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("user_agent", "browser", "platform"),
    [
        (FIREFOX, "Firefox", "Linux"),
        (SAFARI, "Safari", "iPhone"),
        (EDGE, "Edge", "Windows"),
        (CUBOT, "Chrome", "Android"),
        ("Something/1.0", "Other", "Other"),
    ],
)
def test_browser_and_platform_are_told(user_agent: str, browser: str, platform: str) -> None:
    assert user_agents.browser(user_agent) == browser
    assert user_agents.platform(user_agent) == platform


@pytest.mark.parametrize("user_agent", [FIREFOX, SAFARI, EDGE, CUBOT])
def test_people_are_no_robots(user_agent: str) -> None:
    assert not user_agents.is_robot(user_agent)


@pytest.mark.parametrize(
    "user_agent",
    [
        "",
        " ",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
        "curl/8.5.0",
        "python-requests/2.32",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/142.0.0.0 Safari/537.36",
    ],
)
def test_programs_are_robots(user_agent: str) -> None:
    assert user_agents.is_robot(user_agent)


def test_a_feed_service_says_for_how_many_it_asks() -> None:
    feedly = "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 42 subscribers; like FeedFetcher-Google)"
    assert user_agents.feed_reader(feedly) == "Feedly"
    assert user_agents.subscribers(feedly) == 42
    assert user_agents.feed_reader(FIREFOX) == "Other"
    assert user_agents.subscribers(FIREFOX) == 0
