"""How a post's slug stands in a path."""


class SlugConverter:
    """One part of a path without a dot: "/old.php" asks for a file, never for a post."""

    regex = "[^/.]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
