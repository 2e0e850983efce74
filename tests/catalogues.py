"""Reads catalogues of translations as they are written, and finds the words that need one."""

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

from django.template import engines
from django.template.base import Template, TokenType
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

TREE = Path(__file__).resolve().parent.parent / "bearblog"
LOCALE = TREE / "locale"
LANGUAGES = tuple(sorted(folder.name for folder in LOCALE.iterdir()))

_CALLS = ("gettext", "gettext_lazy", "gettext_noop", "ngettext", "_")
_ENTRY = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) "(.*)"$')


def po_path(language: str) -> Path:
    """The catalogue of the language as people read it."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read_po(path: Path) -> dict[str, tuple[str, ...]]:
    """The translations of each message, one for each form; under the empty one stands the header."""
    messages: dict[str, tuple[str, ...]] = {}
    identifier, key = "", ""
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = _ENTRY.match(line)
        if entry:
            key, words = entry[1], _unquoted(entry[2])
        elif line.startswith('"') and key.startswith("msgstr"):
            messages[identifier] = (
                *messages[identifier][:-1],
                messages[identifier][-1] + _unquoted(line[1:-1]),
            )
            continue
        else:
            continue
        if key == "msgid":
            identifier = words
            messages[identifier] = ()
        elif key.startswith("msgstr"):
            messages[identifier] += (words,)
    return messages


@functools.cache
def words_for_readers() -> frozenset[str]:
    """Every message that code or a template of the reader's side asks a translation for."""
    return frozenset(_in_code()) | frozenset(_in_templates())


def _in_code() -> Iterator[str]:
    for folder in ("domain", "engines", "web/reading", "web/base"):
        for file in (TREE / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
                    first = node.args[0]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        yield first.value


def _in_templates() -> Iterator[str]:
    for file in (TREE / "web" / "reading" / "templates").rglob("*.*"):
        template = Template(file.read_text(encoding="utf-8"), engine=engines["django"].engine)  # type: ignore[attr-defined]
        for node in template.nodelist.get_nodes_by_type(TranslateNode):
            assert isinstance(node, TranslateNode)
            yield str(node.filter_expression.var.literal)
        for block in template.nodelist.get_nodes_by_type(BlockTranslateNode):
            assert isinstance(block, BlockTranslateNode)
            yield "".join(
                token.contents if token.token_type == TokenType.TEXT else f"%({token.contents})s"
                for token in block.singular
            )


def _unquoted(text: str) -> str:
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")
