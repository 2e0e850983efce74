"""The pages of the web that have a player, and the frame that shows it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, quote

from bearblog.engines.rendering import policy

_WORD = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Frame:
    """A frame for a page somewhere else: its address, size, and the name of where it comes from."""

    address: str
    width: int
    height: int
    source: str


def frame_for(address: str) -> Frame | None:
    """The frame that shows the page at this address, when it is one that is known; else None."""
    parts = policy.split(address)
    if parts is None:
        return None
    known = _PAGES.get(parts.netloc.lower())
    return known(parts) if known else None


def _segments(parts: SplitResult) -> list[str]:
    return [segment for segment in parts.path.split("/") if segment]


def _youtube(parts: SplitResult) -> Frame | None:
    segments, query = _segments(parts), parse_qs(parts.query)
    name, listed = query.get("v", [""])[0], query.get("list", [""])[0]
    if parts.netloc.lower() == "youtu.be" and segments:
        name = segments[0]
    elif len(segments) == 2 and segments[0] in ("embed", "live", "shorts"):
        name = segments[1]
    if _WORD.fullmatch(name):
        start = query.get("t", query.get("start", [""]))[0].removesuffix("s")
        after = f"?start={start}" if start.isascii() and start.isdigit() else ""
        return Frame(f"https://{policy.QUIET_YOUTUBE}/embed/{name}{after}", 560, 315, "YouTube")
    if segments == ["playlist"] and _WORD.fullmatch(listed):
        return Frame(f"https://{policy.QUIET_YOUTUBE}/embed/videoseries?list={listed}", 560, 315, "YouTube")
    return None


def _vimeo(parts: SplitResult) -> Frame | None:
    segments = _segments(parts)
    if segments[:1] == ["video"]:
        segments = segments[1:]
    if not segments or len(segments) > 2 or not segments[0].isdigit() or not _WORD.fullmatch(segments[-1]):
        return None
    secret = f"&h={segments[1]}" if len(segments) == 2 else ""
    return Frame(f"https://player.vimeo.com/video/{segments[0]}?dnt=1{secret}", 560, 315, "Vimeo")


def _dailymotion(parts: SplitResult) -> Frame | None:
    segments = _segments(parts)
    name = segments[-1] if segments else ""
    if parts.netloc.lower() == "www.dailymotion.com" and segments[:1] != ["video"]:
        return None
    if not _WORD.fullmatch(name):
        return None
    return Frame(f"https://geo.dailymotion.com/player.html?video={name}", 560, 315, "Dailymotion")


def _spotify(parts: SplitResult) -> Frame | None:
    segments = _segments(parts)
    if segments[:1] == ["embed"]:
        segments = segments[1:]
    kinds = ("album", "artist", "episode", "playlist", "show", "track")
    if len(segments) != 2 or segments[0] not in kinds or not _WORD.fullmatch(segments[1]):
        return None
    height = 152 if segments[0] in ("episode", "track") else 352
    return Frame(f"https://open.spotify.com/embed/{segments[0]}/{segments[1]}", 560, height, "Spotify")


def _soundcloud(parts: SplitResult) -> Frame | None:
    if len(_segments(parts)) not in (2, 3):
        return None
    page = quote(f"https://soundcloud.com{parts.path}", safe="")
    return Frame(f"https://w.soundcloud.com/player/?url={page}", 560, 166, "SoundCloud")


def _apple_music(parts: SplitResult) -> Frame | None:
    return _as_typed(parts, "embed.music.apple.com", "Apple Music")


def _apple_podcasts(parts: SplitResult) -> Frame | None:
    return _as_typed(parts, "embed.podcasts.apple.com", "Apple Podcasts")


def _as_typed(parts: SplitResult, host: str, source: str) -> Frame | None:
    if len(_segments(parts)) < 3:
        return None
    return Frame(parts._replace(netloc=host, fragment="").geturl(), 560, 175, source)


def _codepen(parts: SplitResult) -> Frame | None:
    segments = _segments(parts)
    if len(segments) != 3 or segments[1] not in ("embed", "pen") or not all(map(_WORD.fullmatch, segments)):
        return None
    return Frame(f"https://codepen.io/{segments[0]}/embed/{segments[2]}", 560, 400, "CodePen")


def _archive(parts: SplitResult) -> Frame | None:
    segments = _segments(parts)
    if len(segments) != 2 or segments[0] not in ("details", "embed"):
        return None
    return Frame(f"https://archive.org/embed/{quote(segments[1])}", 560, 384, "Internet Archive")


def _ted(parts: SplitResult) -> Frame | None:
    segments = _segments(parts)
    if len(segments) != 2 or segments[0] != "talks" or not _WORD.fullmatch(segments[1]):
        return None
    return Frame(f"https://embed.ted.com/talks/{segments[1]}", 560, 315, "TED")


_PAGES: dict[str, Callable[[SplitResult], Frame | None]] = {
    **dict.fromkeys((*policy.YOUTUBE, "youtu.be"), _youtube),
    **dict.fromkeys(("player.vimeo.com", "vimeo.com", "www.vimeo.com"), _vimeo),
    **dict.fromkeys(("dai.ly", "www.dailymotion.com"), _dailymotion),
    **dict.fromkeys(("soundcloud.com", "www.soundcloud.com"), _soundcloud),
    **dict.fromkeys(("ted.com", "www.ted.com"), _ted),
    "archive.org": _archive,
    "codepen.io": _codepen,
    "music.apple.com": _apple_music,
    "open.spotify.com": _spotify,
    "podcasts.apple.com": _apple_podcasts,
}
