"""What a person may do on a blog, from least to most."""

from enum import IntEnum


class Role(IntEnum):
    """A writer has posts of their own; an editor all words and pictures; the owner the blog itself."""

    WRITER = 1
    EDITOR = 2
    OWNER = 3
