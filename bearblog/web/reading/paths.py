"""Parts of paths that Django has no converter for."""


class DottedConverter:
    """A path whose last part has a dot, such as "old/page.html": it asks for a file, never for a post."""

    regex = r".*\.[^/]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
