"""The recipe knows of all that shapes the HTML of a text, so that none of it can change unseen."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bearblog.engines.rendering import recipe

OWN = Path(recipe.__file__).parent
# What shapes no text: style sheets.
APART = {"styles.py", "style_rules.py"}


def imported() -> Iterator[str]:
    for file in OWN.glob("*.py"):
        if file.name in APART:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_library_is_in_the_recipe() -> None:
    named = {name.replace("-", "_").removesuffix("_py") for name in recipe._LIBRARIES}
    named |= {name.replace("-", "_") for name in recipe._LIBRARIES}
    strange = {name.partition(".")[0] for name in imported()} - sys.stdlib_module_names - {"bearblog"}
    assert strange - named == set()


def test_every_module_of_our_own_is_in_the_recipe() -> None:
    own = {name.split(".")[2] for name in imported() if name.startswith("bearblog.lib.")}
    assert own - {Path(module.__file__ or "").stem for module in recipe._SHARED} == set()


@pytest.mark.parametrize("where", ["rendering/code.py", "locale/de/LC_MESSAGES/django.mo", "lib/slugs.py"])
def test_a_changed_file_makes_another_recipe(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, read = recipe._recipe(), Path.read_bytes
    assert before == recipe.RECIPE

    def changed(file: Path) -> bytes:
        return read(file) + (b" " if file.as_posix().endswith(where) else b"")

    monkeypatch.setattr(Path, "read_bytes", changed)
    assert recipe._recipe() != before
