"""What may stand in a post's fields."""

import re
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import unquote, urlsplit

from bearblog.domain.blogs.dates import time_zone
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.addresses import is_reserved
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.models import Post
from bearblog.lib import dates, plain_text, slugs

MAX_TITLE = 200
MAX_TEXT = 1_000_000
MAX_TAGS = 50
MAX_TAG = 100
MAX_DESCRIPTION = 200
MAX_ADDRESS = 500

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}


def check_title(typed: str) -> str:
    """The title as it is stored. Raises PostError."""
    title = plain_text.one_line(typed)
    if not title:
        raise PostError("Give the post a title.", "title")
    _check_length(title, "title", MAX_TITLE, "The title")
    return title


def check_text(typed: str) -> str:
    """The text as it is stored. Raises PostError."""
    text = plain_text.tidy(typed)
    if len(text) > MAX_TEXT:
        raise PostError(
            f"The text has {len(text):,} characters; a post can have at most {MAX_TEXT:,}. "
            "Split it into several posts.",
            "text",
        )
    return text


def check_status(value: str) -> str:
    """The status. Raises PostError for what is none."""
    if value not in Post.Status.values:
        raise PostError("A post is either a draft or published.", "status")
    return value


def check_date(given: str | datetime, blog: Blog, field: str = "published_at") -> datetime | None:
    """The moment, read in the blog's time zone; None for an empty text. Raises PostError."""
    if isinstance(given, datetime):
        return given
    if not given.strip():
        return None
    try:
        return dates.parse(given, time_zone(blog))
    except dates.DateError as error:
        raise PostError(str(error), field) from error


def check_link(typed: str) -> str:
    """The slug that was asked for, empty for none. Raises PostError."""
    slug = slugs.make_path(typed)
    if typed.strip().strip("/") and not slug:
        raise PostError(f"The link “{typed}” has no letter and no digit.", "link")
    if is_reserved(slug):
        word = slug.partition("/")[0]
        raise PostError(f"Addresses that begin with “{word}” lead elsewhere on every blog.", "link")
    return slug


def check_alias(typed: str) -> str:
    """The old path that shall lead to the post, empty for none. Raises PostError."""
    written = plain_text.one_line(typed)
    try:
        parts = urlsplit(written)
    except ValueError as error:
        raise PostError(f"The alias “{written[:60]}” is no path.", "alias") from error
    path = slugs.normal(unquote(parts.path)).strip("/")
    if parts.query or parts.fragment or set(path) & set("?#\\ ") or not path.isprintable():
        raise PostError("An alias is a path such as 2019/old-post, without spaces, ? and #.", "alias")
    if {"", ".", ".."} & set(path.split("/")) and path:
        raise PostError("An alias is a path such as 2019/old-post; no part of it is empty or dots.", "alias")
    if len(path.encode()) > slugs.MAX_BYTES:
        raise PostError(f"An alias can have at most {slugs.MAX_BYTES} bytes.", "alias")
    if is_reserved(path):
        raise PostError(f"“{path}” leads elsewhere on every blog, so it can be no alias.", "alias")
    return path


def check_free_alias(typed: str, post: Post | None, blog: Blog) -> str:
    """The old path, where it leads to no other post of the blog yet. Raises PostError."""
    alias = check_alias(typed)
    if not alias:
        return ""
    own = post.pk if post and post.pk else 0
    holder = blog.posts.filter(slug=alias).exclude(pk=own).first()
    if holder is None:
        typed_elsewhere = blog.aliases.filter(slug=alias, is_typed=True).exclude(post_id=own)
        taken = typed_elsewhere.select_related("post").first()
        holder = taken.post if taken else None
    if holder is not None:
        raise PostError(f"“{alias}” leads to “{holder.title}” already.", "alias")
    return alias


def check_tags(names: Iterable[str]) -> tuple[str, ...]:
    """The tags in their order, each once. Raises PostError."""
    single = (plain_text.one_line(part) for name in names for part in name.split(","))
    tags = tuple(dict.fromkeys(name for name in single if name))
    if len(tags) > MAX_TAGS:
        raise PostError(f"There are {len(tags)} tags; a post can have at most {MAX_TAGS}.", "tags")
    for name in tags:
        _check_length(name, "tags", MAX_TAG, f"The tag “{name[:40]}…”")
    return tags


def check_canonical_url(typed: str) -> str:
    """The address of the original, empty for none. Raises PostError."""
    url = plain_text.one_line(typed)
    if url and (not re.fullmatch(r"https://[^/\s]+\S*", url) or len(url) > MAX_ADDRESS):
        raise PostError(
            f"A canonical address begins with https:// and has at most {MAX_ADDRESS} characters.",
            "canonical_url",
        )
    return url


def check_description(typed: str) -> str:
    """The description, empty for none. Raises PostError."""
    text = plain_text.one_line(typed)
    _check_length(text, "meta_description", MAX_DESCRIPTION, "The description")
    return text


def check_image(typed: str) -> str:
    """The address of the picture, empty for none. Raises PostError."""
    address = plain_text.one_line(typed)
    _check_length(address, "meta_image", MAX_ADDRESS, "The picture's address")
    if _OTHER_SCHEME.match(address):
        sentence = "The picture's address is https://… or a path on the blog, such as /media/picture.png."
        raise PostError(sentence, "meta_image")
    return address


def check_language(typed: str) -> str:
    """The language code, empty for the blog's own. Raises PostError."""
    first, _, rest = plain_text.one_line(typed).replace("_", "-").partition("-")
    code = f"{first.lower()}-{rest}" if rest else first.lower()
    if code and (len(code) > 35 or not _LANGUAGE.fullmatch(code)):
        raise PostError(f"“{code[:40]}” is not a language code such as en, de or pt-BR.", "lang")
    return code


def check_truth(typed: str, field: str) -> bool:
    """What true or false says. Raises PostError."""
    truth = _TRUTHS.get(typed.strip().lower())
    if truth is None:
        raise PostError(f"Write true or false, not “{typed[:40]}”.", field)
    return truth


def _check_length(text: str, field: str, most: int, what: str) -> None:
    if len(text) > most:
        raise PostError(f"{what} has {len(text):,} characters; it can have at most {most}.", field)
