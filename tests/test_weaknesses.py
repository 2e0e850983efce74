"""The table of weaknesses: whole, and every test that it names is there."""

import ast
import functools
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
ROWS = _ROW.findall((ROOT / "tests/weaknesses.md").read_text(encoding="utf-8"))


@functools.cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_all_fifty_stand_in_the_table_in_their_order() -> None:
    assert [int(number) for number, _, _ in ROWS] == list(range(1, 51))


def test_each_is_answered_by_tests_that_are_there() -> None:
    for number, _, answer in ROWS:
        named = _TEST.findall(answer)
        assert named, number
        assert [(file, name) for file, name in named if name not in names_in(file)] == [], number
