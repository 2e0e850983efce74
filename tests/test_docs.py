"""What a machine can compare between the documentation and the tree."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
FOLDERS = ("bearblog", "deploy", "ansible", "systemd", "caddy", "backup", "tests")
READMES = [PROJECT / "README.md", *(PROJECT / folder / "README.md" for folder in FOLDERS)]


def name_of(readme: Path) -> str:
    return str(readme.relative_to(PROJECT))


@pytest.mark.parametrize("readme", READMES, ids=name_of)
def test_every_link_leads_to_a_file(readme: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", readme.read_text())
    broken = [link for link in links if "://" not in link and not (readme.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("readme", READMES, ids=name_of)
def test_every_make_target_exists(readme: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    spoken = {
        word for words in re.findall(r"\bmake ((?:[a-z]+-?)+)", code_of(readme)) for word in words.split()
    }
    assert spoken <= targets


@pytest.mark.parametrize("readme", READMES, ids=name_of)
def test_every_bearblog_command_exists(readme: Path) -> None:
    commands = {file.stem for file in (PROJECT / "bearblog/ops/management/commands").glob("*.py")}
    django = {"migrate", "shell", "check"}
    spoken = set(re.findall(r"(?<![\w/-])bearblog ([a-z]+(?:_[a-z]+)*)\b", code_of(readme)))
    assert spoken <= commands | django


@pytest.mark.parametrize("readme", READMES, ids=name_of)
def test_a_readme_says_how_it_fails(readme: Path) -> None:
    assert re.search(r"^## .*fail", readme.read_text(), re.MULTILINE | re.IGNORECASE)


def test_every_target_has_a_line_of_help() -> None:
    makefile = (PROJECT / "Makefile").read_text()
    targets = re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE)
    assert targets == re.findall(r"^([a-z][a-z-]*):.*## \S", makefile, re.MULTILINE)


def code_of(readme: Path) -> str:
    """The parts of a README that are code."""
    text = readme.read_text()
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
