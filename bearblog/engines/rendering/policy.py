"""Whose pages may be shown in a frame inside an article, by exact host, and what such a frame may do."""

from urllib.parse import SplitResult, urlsplit

_FRAME_HOSTS = (
    "archive.org",
    "bandcamp.com",
    "calendar.google.com",
    "codepen.io",
    "datawrapper.dwcdn.net",
    "docs.google.com",
    "drive.google.com",
    "embed.music.apple.com",
    "embed.podcasts.apple.com",
    "embed.ted.com",
    "geo.dailymotion.com",
    "open.spotify.com",
    "player.vimeo.com",
    "share.transistor.fm",
    "stackblitz.com",
    "umap.openstreetmap.fr",
    "w.soundcloud.com",
    "www.openstreetmap.org",
    "www.slideshare.net",
    "www.youtube-nocookie.com",
)
# What a frame may do: its own scripts and storage, nothing to the page around it.
FRAME_SANDBOX = (
    "allow-forms allow-popups allow-popups-to-escape-sandbox allow-presentation"
    " allow-same-origin allow-scripts"
)
# The sites above refuse to play for a page that hides its origin.
FRAME_REFERRER_POLICY = "strict-origin-when-cross-origin"
QUIET_YOUTUBE = "www.youtube-nocookie.com"
YOUTUBE = ("youtube.com", "m.youtube.com", "music.youtube.com", "www.youtube.com", QUIET_YOUTUBE)


def frame_hosts() -> tuple[str, ...]:
    """The exact hosts, all by https, that a frame may show."""
    return _FRAME_HOSTS


def allowed_frame_address(address: str) -> str | None:
    """The address a frame may show, YouTube's turned into its quiet one; None for any other."""
    parts = split(address.strip())
    if parts is None:
        return None
    host = parts.netloc.lower()
    if host in YOUTUBE and parts.path.startswith("/embed/"):
        host = QUIET_YOUTUBE
    if host not in _FRAME_HOSTS:
        return None
    return parts._replace(scheme="https", netloc=host).geturl()


def split(address: str) -> SplitResult | None:
    """The parts of an address by https that all browsers read alike; else None."""
    # Browsers read backslashes and control characters in ways of their own.
    if "\\" in address or any(character <= " " for character in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts if parts.scheme == "https" else None
