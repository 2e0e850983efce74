"""The little Markdown of titles."""

import html
import re

_MARKED = re.compile(
    r"\*\*(?![\s*])(?P<strong>(?:[^*]|\*(?!\*)){1,300}?)(?<!\s)\*\*(?!\*)"
    r"|\*(?![\s*])(?P<emphasis>(?:[^*]|\*\*[^*]{1,300}\*\*){1,300}?)(?<!\s)\*(?!\*)"
)


def title_html(title: str) -> str:
    """The title as safe HTML: `*x*` and `**x**` become em and strong, `&nbsp;` a space that never breaks."""
    return _marked(html.escape(title).replace("&amp;nbsp;", "\u00a0"), "<strong>{}</strong>", "<em>{}</em>")


def plain_title(title: str) -> str:
    """The title as plain text, without the signs of its Markdown."""
    return _marked(title.replace("&nbsp;", "\u00a0"), "{}", "{}")


def _marked(text: str, strong: str, emphasis: str, most_nesting: int = 3) -> str:
    def wrapped(match: re.Match[str]) -> str:
        form, inside = (strong, match["strong"]) if match["strong"] else (emphasis, match["emphasis"])
        nested = _marked(inside, strong, emphasis, most_nesting - 1) if most_nesting else inside
        return form.replace("{}", nested)

    return _MARKED.sub(wrapped, text)
