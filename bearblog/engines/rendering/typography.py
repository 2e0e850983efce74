"""(c), (r), (tm), (p) and +- become their signs, in plain words only: never in an address or code."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_SIGNS = {"(c)": "©", "(r)": "®", "(tm)": "™", "(p)": "℗", "+-": "±"}
_WORD = re.compile(r"\S+")
_SIGN = re.compile(r"\((?:c|r|tm|p)\)|(?<![-+])\+-(?![-+])", re.IGNORECASE)


def add(machine: MarkdownIt) -> None:
    """Teaches the machine these replacements."""
    machine.core.ruler.before("text_join", "typography", _replace)


def _replace(state: StateCore) -> None:
    if not _SIGN.search(state.src):
        return
    for block in state.tokens:
        is_address = False
        for token in block.children or ():
            if token.type in ("link_open", "link_close") and token.info == "auto":
                is_address = token.nesting == 1
            elif token.type == "text" and not is_address and _SIGN.search(token.content):
                token.content = _WORD.sub(_signed, token.content)


def _signed(word: re.Match[str]) -> str:
    if "://" in word[0]:
        return word[0]
    return _SIGN.sub(lambda match: _SIGNS[match[0].lower()], word[0])
