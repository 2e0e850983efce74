"""The `key: value` lines above the home text."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from bearblog.domain.blogs import checks
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.lib import header_lines

KEYS = ("title", "favicon", "meta_description", "meta_image")
MAX_DESCRIPTION = 200
MAX_ADDRESS = 500

# A family of four with its joiners and shades has eleven code points.
_MOST_OF_AN_EMOJI = 16


@dataclass(frozen=True)
class HomeHeader:
    """What the lines say of the blog."""

    title: str
    favicon: str
    meta_description: str
    meta_image: str


def read(typed: str, *, blog: Blog) -> HomeHeader:
    """What the lines say; without a title line the blog keeps its title, all else is then empty.

    Raises BlogError with a problem for each line that cannot be read.
    """
    header = header_lines.split(typed, KEYS)
    favicon, image = header.value("favicon") or "", header.value("meta_image") or ""
    title, description = header.value("title"), header.value("meta_description") or ""
    sentences = {
        "title": _title_problem(title),
        "favicon": _favicon_problem(favicon),
        "meta_description": _description_problem(description),
        "meta_image": _address_problem("The image", image),
    }
    problems = header.problems + tuple(
        header.problem(key, sentence) for key, sentence in sentences.items() if sentence
    )
    if problems:
        # In the order in which the author reads the lines.
        ordered = tuple(sorted(problems, key=lambda problem: problem.line_number))
        raise BlogError(" ".join(problem.sentence for problem in ordered), "header", problems=ordered)
    return HomeHeader(blog.title if title is None else title, favicon, description, image)


def write(blog: Blog) -> str:
    """The lines that `read` takes for what the blog has now."""
    lines = [f"title: {blog.title}"]
    lines += [f"{key}: {value}" for key in KEYS[1:] if (value := getattr(blog, key))]
    return "\n".join(lines)


def _title_problem(title: str | None) -> str:
    if title is None:
        return ""
    try:
        checks.check_title(title)
    except BlogError as error:
        return error.sentence
    return ""


def _favicon_problem(favicon: str) -> str:
    if favicon.startswith(("http:", "https:", "/")):
        return _address_problem("The favicon", favicon)
    is_sign = len(favicon) <= _MOST_OF_AN_EMOJI and " " not in favicon
    # A word in plain letters, such as "true", is no sign that a browser's tab could show.
    if favicon and not (is_sign and (len(favicon) == 1 or not favicon.isascii())):
        return f"“{favicon[:40]}” is neither an emoji nor the address of an image, such as /media/icon.png."
    return ""


def _description_problem(description: str) -> str:
    if len(description) > MAX_DESCRIPTION:
        return (
            f"The meta_description has {len(description)} characters; it can have at most {MAX_DESCRIPTION}."
        )
    return ""


def _address_problem(what: str, address: str) -> str:
    if len(address) > MAX_ADDRESS:
        return f"{what}'s address has {len(address)} characters; it can have at most {MAX_ADDRESS}."
    if address and not _is_address(address):
        return f"{what}'s address is https://… or a path on the blog, such as /media/picture.png."
    return ""


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        return parts.scheme == "https" and bool(parts.hostname)
    return " " not in address and "\\" not in address
