"""What a machine can compare between the documentation and the tree."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
FOLDERS = ("bearblog", "deploy", "ansible", "systemd", "caddy", "backup", "tests")
# On a box, in the bucket, or made by a recipe.
NOT_IN_THE_TREE = {"backups/daily", "backups/monthly", "bearblog/locale/it/LC_MESSAGES"}
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


@pytest.mark.parametrize("readme", READMES, ids=name_of)
def test_every_path_of_the_tree_that_is_named_is_there(readme: Path) -> None:
    tops = (PROJECT, readme.parent, *(PROJECT / folder for folder in FOLDERS))
    tree = [path for top in tops for path in top.iterdir() if path.is_dir() and not path.name.startswith(".")]
    starts = "|".join(sorted({re.escape(path.name) for path in tree}))
    named = set(re.findall(rf"(?<![\w/.-])((?:{starts})/[\w/.-]*\w)(?![\w/*<…])", code_of(readme)))
    assert {path for path in named if not any((top / path).exists() for top in tops)} <= NOT_IN_THE_TREE


def test_every_target_is_in_the_table_of_the_first_readme() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", (PROJECT / "README.md").read_text()))
    assert targets == named


def test_the_tables_of_the_playbooks_name_variables_that_the_example_explains() -> None:
    readme = (PROJECT / "ansible/README.md").read_text()
    example = (PROJECT / "ansible/inventory/example.yml").read_text()
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", readme, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"\w+", row)}
    assert "media_quota_mb" in named
    assert {name for name in named if not re.search(rf"^ +(?:# )?{name}:", example, re.MULTILINE)} == set()


def test_every_room_of_the_application_is_in_its_readme() -> None:
    readme = (PROJECT / "bearblog/README.md").read_text()
    rooms = {
        path.name
        for band in ("web", "domain", "engines")
        for path in (PROJECT / "bearblog" / band).iterdir()
        if (path / "__init__.py").exists()
    }
    assert {room for room in rooms if f"{room}/`" not in readme and f"`{room}`" not in readme} == set()


def test_every_folder_of_deploy_is_in_its_readme() -> None:
    readme = (PROJECT / "deploy/README.md").read_text()
    folders = {path.parent.name for path in (PROJECT / "deploy").glob("*/__init__.py")}
    assert {folder for folder in folders if f"`{folder}/`" not in readme} == set()


def test_every_target_has_a_line_of_help() -> None:
    makefile = (PROJECT / "Makefile").read_text()
    targets = re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE)
    assert targets == re.findall(r"^([a-z][a-z-]*):.*## \S", makefile, re.MULTILINE)


def code_of(readme: Path) -> str:
    """The parts of a README that are code."""
    text = readme.read_text()
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
