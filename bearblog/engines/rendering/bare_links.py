"""Addresses that stand bare in a text become links: http, https, www and mail."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from bearblog.engines.rendering.sheet import sheet_of

_START = r"(?<![\w/.@-])(?i:https?://[^\W_]|www\.[^\W_])"
_MAIL = r"(?<![\w.+/@-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9]"
_SIGNS = r"[\n!#$%&*+\-:<=>@\[\\\]^_`{}~]"
# Where the reading of plain text stops to try the other rules; with addresses only where a text has some.
STOPS = re.compile(_SIGNS)
_STOPS_AT_LINKS = re.compile(f"{_SIGNS}|{_START}")
_STOPS_AT_MAIL = re.compile(f"{_SIGNS}|{_START}|{_MAIL}")

# An address ends at white space, at signs that no address holds, and at the full stops of CJK texts.
_ADDRESS = re.compile(
    r"(?i:https?://|www\.(?=[\w-]+\.\w))[^\W_][^\s<>\"`|\\^{}、。，；：！？（）「」『』【】《》“”]*"
)
_MAIL_ADDRESS = re.compile(
    r"[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9][A-Za-z0-9-]{0,62}){1,8}"
)
_AFTER_WORD = re.compile(r"(?<![\w/.@-])")
_AFTER_MAIL_WORD = re.compile(r"(?<![\w.+/@-])")
_NEVER_LAST = "?!.,:;*_~'…"
_PAIRS = {")": "(", "]": "["}


def stops_for(text: str) -> tuple[re.Pattern[str], bool]:
    """Where plain text stops in this text, and whether it can hold bare addresses at all."""
    if "@" in text:
        return _STOPS_AT_MAIL, True
    if "://" in text or "www." in text.lower():
        return _STOPS_AT_LINKS, True
    return STOPS, False


def add(machine: MarkdownIt) -> None:
    """Teaches the machine to link bare addresses."""
    machine.inline.ruler.at("text", _text)
    machine.inline.ruler.after("text", "bare_link", _bare_link)


def _text(state: StateInline, silent: bool) -> bool:
    found = sheet_of(state.env).stops.search(state.src, state.pos)
    end = min(found.start(), state.posMax) if found else state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _bare_link(state: StateInline, silent: bool) -> bool:
    # Looking ahead for a link's end must not run over its bracket, so nothing is found then.
    if silent or state.linkLevel or not sheet_of(state.env).may_link or not state.src[state.pos].isalnum():
        return False
    source, start = state.src, state.pos
    address = ""
    if _AFTER_WORD.match(source, start) and (found := _ADDRESS.match(source, start, state.posMax)):
        address = _trimmed(found[0], source[max(start - 2, 0) : start])
        target = address if address[:4].lower() == "http" else f"https://{address}"
    elif _AFTER_MAIL_WORD.match(source, start) and (
        found := _MAIL_ADDRESS.match(source, start, state.posMax)
    ):
        address = found[0].rstrip("-")
        target = f"mailto:{address}"
    if not address:
        return False
    link = state.md.normalizeLink(target.replace("&amp;", "&"))
    if not state.md.validateLink(link):
        return False
    _push(state, link, address.replace("&amp;", "&"))
    state.pos = start + len(address)
    return True


def _trimmed(address: str, before: str) -> str:
    if before == "==" and address.endswith("=="):
        address = address[:-2]
    surplus = {close: address.count(close) - address.count(opening) for close, opening in _PAIRS.items()}
    end = len(address)
    while end:
        last = address[end - 1]
        if last in _PAIRS and surplus[last] > 0:
            surplus[last] -= 1
        elif last not in _NEVER_LAST:
            break
        end -= 1
    return address[:end]


def _push(state: StateInline, link: str, words: str) -> None:
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": link}
    token.markup = "linkify"
    token.info = "auto"
    state.push("text", "", 0).content = words
    token = state.push("link_close", "a", -1)
    token.markup = "linkify"
    token.info = "auto"
