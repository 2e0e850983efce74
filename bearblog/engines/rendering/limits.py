"""What no page is meant to have, and what would keep the parser of HTML busy out of proportion."""

import re

# Deeper than any page is meant to be. The HTML parser takes quadratic time over unclosed elements.
MAX_DEPTH = 200

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
# The parser compares each attribute of a tag with all the others.
_WHOLE_TAG = re.compile(r"""<[A-Za-z](?:[^>"']|"[^"]*+"?+|'[^']*+'?+)*+""")
_MOST_IN_A_TAG = 50_000
# These end by themselves, so that a thousand unclosed ones do not stand inside each other.
_SELF_ENDING_NAMES = """
    area base br col colgroup dd dt embed hr img input li link meta option p param rp rt source tbody td
    tfoot th thead tr track wbr
"""
_SELF_ENDING = frozenset(_SELF_ENDING_NAMES.split())


def is_too_deep(html: str) -> bool:
    """Whether more elements are open inside each other, or more stands in one tag, than is reasonable."""
    if len(html) > _MOST_IN_A_TAG and any(len(tag) > _MOST_IN_A_TAG for tag in _WHOLE_TAG.findall(html)):
        return True
    open_elements: dict[str, int] = {}
    depth = 0
    for ends, name in _TAG.findall(html):
        name = name.lower()
        if name in _SELF_ENDING:
            continue
        count = open_elements.get(name, 0)
        step = -1 if ends else 1
        if count + step >= 0:
            open_elements[name] = count + step
            depth += step
        if depth > MAX_DEPTH:
            return True
    return False
