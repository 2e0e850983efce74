"""Writes a log as Caddy would have written it for a box of many blogs: readers, feed readers, robots."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from deploy.dev.environment import HOST

BLOGS, POSTS_OF_BLOG = 200, 10
_READERS = 400_000
_DAY_SECONDS = 24 * 3600

_LINE = (
    '{"level":"info","ts":%.7f,"logger":"http.log.access","msg":"handled request","request":'
    '{"client_ip":"%s","method":"%s","host":"%s","uri":"%s"},"duration":0.000213,'
    '"size":%d,"status":%d,"referrer":"%s","user_agent":"%s"}\n'
)
_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
_APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
_BROWSERS = (
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/%d.0.0.0 Safari/537.36",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_APPLE} Version/%d.4 Safari/605.1.15",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {_APPLE} Version/%d.5 Mobile/15E148 Safari/604",
    "Mozilla/5.0 (X11; Linux x86_64; rv:%d.0) Gecko/20100101 Firefox/140.0",
    f"Mozilla/5.0 (Linux; Android 10; K) {_WEBKIT} Chrome/%d.0.0.0 Mobile Safari/537.36",
)
_ROBOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "python-requests/2.32.3",
)
_FEED_READERS = (
    "Feedly/1.0 (+http://www.feedly.com/fetcher.html; %d subscribers; like FeedFetcher-Google)",
    "Miniflux/2.2.%d (https://miniflux.app)",
    "NetNewsWire (RSS Reader; https://netnewswire.com/) %d",
    "FreshRSS/1.26.%d (Linux; https://freshrss.org)",
)
_FEEDS = ("/feed/", "/rss/", "/atom/", "/feed.json", "/feed.xml")
_JUNK = ("/wp-login.php", "/.env", "/xmlrpc.php", "/admin/", "/.git/config", "/a-post-that-was-never-there/")


@dataclass(frozen=True)
class Asked:
    """One line, without its time."""

    address: str
    user_agent: str
    host: str
    path: str
    status: int = 200
    referrer: str = ""
    method: str = "GET"
    size: int = 4711


@dataclass
class LogWriter:
    """Draws lines, always the same ones; `pages` is how many of those drawn were pages and feeds of blogs."""

    draw: random.Random = field(default_factory=lambda: random.Random(4))  # noqa: S311 - no secret
    pages: int = 0

    def write(self, folder: Path, lines: int, files: int) -> None:
        """Writes so many lines of the last day into so many files of a log, rotated one after the other."""
        begins = datetime.now(UTC).timestamp() - _DAY_SECONDS
        drawn = enumerate(itertools.islice(self._lines(), lines))
        for number in range(files):
            with (folder / f"access-{number:03}.log").open("w", encoding="utf-8") as file:
                for index, asked in itertools.islice(drawn, lines // files):
                    file.write(self._written(asked, begins + index * _DAY_SECONDS / lines))

    def _written(self, asked: Asked, moment: float) -> str:
        self.pages += asked.method == "GET" and asked.status in (200, 304) and _is_page(asked.path)
        return _LINE % (
            *(moment, asked.address, asked.method, asked.host, asked.path),
            *(asked.size, asked.status, asked.referrer, asked.user_agent),
        )

    def _lines(self) -> Iterator[Asked]:
        kinds = (self._reading, self._feeds, self._robot, self._junk)
        # A reader's visit is several lines.
        for kind in iter(lambda: self.draw.choices(kinds, (22, 11, 14, 9))[0], None):
            yield from kind()

    def _reading(self) -> Iterator[Asked]:
        """A page with what it is made of, and its beacon where pictures are loaded."""
        number = int(self.draw.random() ** 1.5 * _READERS)
        who = _address(number), _BROWSERS[number % len(_BROWSERS)] % (90 + number // 7 % 60)
        host = self._host()
        path = self._page()
        referrer = self.draw.choice(("", "", f"https://{host}", f"https://site{number % 5000}.example"))
        yield Asked(*who, host, path, self.draw.choice((200, 200, 304)), referrer)
        if number % 3:
            yield Asked(*who, host, f"/style/{_digest(host)}.css", 200, f"https://{host}")
        if number % 4 == 0:
            yield Asked(*who, host, f"/media/{_digest(path)}.webp", 200, f"https://{host}", size=48000)
        if number % 5 == 0:
            yield Asked(*who, host, "/static/studio/icon.0123456789ab.svg", 304, f"https://{host}")
        if number % 10:
            yield Asked(*who, host, f"/hit{path}", 204, f"https://{host}", size=0)

    def _feeds(self) -> Iterator[Asked]:
        number = int(self.draw.random() * 3000)
        program = self.draw.choice(_FEED_READERS) % (number % 40 + 1)
        yield Asked(
            _address(number), program, self._host(), self.draw.choice(_FEEDS), self.draw.choice((200, 304))
        )

    def _robot(self) -> Iterator[Asked]:
        number = int(self.draw.random() * 500)
        yield Asked(_address(number), self.draw.choice(_ROBOTS), self._host(), self._page())

    def _junk(self) -> Iterator[Asked]:
        number = int(self.draw.random() * 2000)
        who = _address(number), self.draw.choice(_ROBOTS)
        if number % 4:
            yield Asked(*who, self._host(), self.draw.choice(_JUNK), 404)
        else:
            yield Asked(*who, self._host(), self.draw.choice(("/subscribe/", "/about")), 301, method="POST")

    def _host(self) -> str:
        # Few blogs are read by many.
        return f"blog{int(self.draw.random() ** 3 * BLOGS)}.{HOST}"

    def _page(self) -> str:
        number = int(self.draw.random() ** 2 * (POSTS_OF_BLOG + 2))
        return ("/", "/blog/")[number] if number < 2 else f"/post-{number - 2}/"


def _is_page(path: str) -> bool:
    return not path.startswith(("/style/", "/media/", "/static/", "/hit/"))


def _digest(of: str) -> str:
    return f"{len(of) * 7919:064x}"


def _address(number: int) -> str:
    if number % 5 == 0:
        return f"2001:db8:{number % 65536:x}:{number // 65536:x}::{number % 9999:x}"
    return f"{11 + number % 180}.{number // 180 % 256}.{number // 46080 % 256}.{number % 250 + 1}"
