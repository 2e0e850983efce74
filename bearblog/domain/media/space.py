"""How much a blog's files may take."""

from bearblog.domain.blogs.models import Blog
from bearblog.domain.media import selectors
from bearblog.domain.media.errors import MediaError


def check_space(blog: Blog, more: int) -> None:
    """Raises MediaError where the blog has no room for so many bytes more."""
    space = selectors.space_of(blog)
    if space.used + more > space.most or space.used >= space.most:
        raise MediaError(
            f"There is no room: the files of this blog take {_megabytes(space.used)} of "
            f"{_megabytes(space.most)}, and this needs {_megabytes(more)} more. Delete some, and try again.",
            "file",
        )


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:,.1f} MB"
