"""What a User-Agent header says: the browser, the system, the feed reader, whether it is a robot."""

import re

OTHER = "Other"

_ROBOT = re.compile(
    r"(?<!cu)bot(?:\b|[_-])|crawl|spider|slurp|scrap|headless|phantomjs|lighthouse|monitor|preview|"
    r"facebookexternalhit|"
    r"curl/|wget/|python|go-http-client|java/|okhttp|axios|node-fetch|libwww|httpclient|http_request|"
    r"archive\.org|validator|gptbot|ia_archiver|pingdom|uptime",
    re.IGNORECASE,
)
# The first that fits: most browsers also name those they descend from.
_BROWSERS = (
    ("Edge", ("Edg/", "EdgA/", "EdgiOS/", "Edge/")),
    ("Opera", ("OPR/", "Opera", "OPiOS/")),
    ("Vivaldi", ("Vivaldi/",)),
    ("Samsung Internet", ("SamsungBrowser/",)),
    ("DuckDuckGo", ("DuckDuckGo/", "Ddg/")),
    ("Brave", ("Brave/",)),
    ("Firefox", ("Firefox/", "FxiOS/")),
    ("Chrome", ("Chrome/", "CriOS/", "Chromium/")),
    ("Safari", ("Safari/",)),
    ("Lynx", ("Lynx/", "w3m/", "Links ")),
)
_PLATFORMS = (
    ("iPhone", ("iPhone", "iPod")),
    ("iPad", ("iPad",)),
    ("Android", ("Android",)),
    ("Windows", ("Windows",)),
    ("Mac", ("Macintosh", "Mac OS X")),
    ("ChromeOS", ("CrOS",)),
    ("Linux", ("Linux", "X11")),
    ("BSD", ("FreeBSD", "OpenBSD", "NetBSD")),
)
_FEED_READERS = (
    "Feedly", "Inoreader", "NewsBlur", "Feedbin", "The Old Reader", "Miniflux", "FreshRSS", "Tiny Tiny RSS",
    "NetNewsWire", "Reeder", "Feedbro", "Thunderbird", "Newsboat", "Liferea", "Akregator", "CommaFeed",
    "Bazqux", "Feeder", "Readwise", "Unread", "Vienna", "Fluent Reader", "RSSOwl", "Nextcloud-News", "Yarr",
    "Feedfetcher-Google", "Selfoss", "Stringer", "Kill the Newsletter", "BlogTrottr", "Newsblur",
)  # fmt: skip
_SUBSCRIBERS = re.compile(r"\b(\d{1,6}) (?:subscribers?|readers?|feed-readers)\b", re.IGNORECASE)


def is_robot(user_agent: str) -> bool:
    """Whether the header is missing or names a program that nobody reads with."""
    return not user_agent.strip() or _ROBOT.search(user_agent) is not None


def browser(user_agent: str) -> str:
    """The browser's name, or "Other"."""
    return _first(_BROWSERS, user_agent)


def platform(user_agent: str) -> str:
    """The name of the system that the browser runs on, or "Other"."""
    return _first(_PLATFORMS, user_agent)


def feed_reader(user_agent: str) -> str:
    """The feed reader's name; a browser's or an unknown program's is "Other"."""
    lowered = user_agent.lower()
    return next((name for name in _FEED_READERS if name.lower() in lowered), OTHER)


def subscribers(user_agent: str) -> int:
    """For how many people a feed service says that it asks; 0 where it does not say."""
    found = _SUBSCRIBERS.search(user_agent)
    return int(found[1]) if found else 0


def _first(names: tuple[tuple[str, tuple[str, ...]], ...], user_agent: str) -> str:
    return next((name for name, marks in names if any(mark in user_agent for mark in marks)), OTHER)
