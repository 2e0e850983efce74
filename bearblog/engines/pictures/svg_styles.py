"""Styles inside an SVG: whatever would fetch something is taken out."""

import re
from collections.abc import Iterable

import tinycss2
from tinycss2.ast import Node

_AT_RULES = ("media", "keyframes", "supports", "-webkit-keyframes")
_REACHES_OUT = re.compile(
    r"url\s*\(|src\s*\(|image\s*\(|image-set\s*\(|\\|expression|javascript", re.IGNORECASE
)
_OWN_PART = re.compile(r"url\(\s*(['\"]?)#[\w.:-]+\1\s*\)", re.IGNORECASE)


def fetches_nothing(value: str) -> bool:
    """Whether the value refers at most to parts of the same picture."""
    return _REACHES_OUT.search(_OWN_PART.sub("", value)) is None


def clean_declarations(text: str) -> str:
    """The declarations of a style attribute that fetch nothing."""
    nodes = tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True)
    declarations = (node.serialize() for node in nodes if node.type == "declaration")
    return "; ".join(text for text in declarations if fetches_nothing(text))


def clean_sheet(text: str) -> str:
    """The rules of a style element that fetch nothing."""
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return "\n".join(_kept(rules))


def _kept(rules: Iterable[Node]) -> list[str]:
    kept = []
    for rule in rules:
        is_plain = rule.type == "qualified-rule"
        if is_plain or (rule.type == "at-rule" and rule.lower_at_keyword in _AT_RULES):
            written = rule.serialize()
            if fetches_nothing(written) and "@import" not in written.lower():
                kept.append(written)
    return kept
