"""The inventory's variables: each is explained in the example, and means the same in every role."""

import re
from collections import defaultdict
from pathlib import Path

import yaml

from tests.rendering import PROJECT

ROLES = PROJECT / "ansible/roles"
EXAMPLE = PROJECT / "ansible/inventory/example.yml"
# Ansible's own; restore.yml sets the last.
NOT_THE_OPERATORS = {"ansible_port", "restore"}


def defaults(role: Path) -> dict[str, object]:
    loaded: dict[str, object] = yaml.safe_load((role / "defaults/main.yml").read_text())
    return loaded


def read_by_roles() -> dict[str, set[str]]:
    """The inventory's names that roles read, each with the values it has when left out."""
    found = defaultdict(set)
    for role in ROLES.iterdir():
        text = (role / "defaults/main.yml").read_text()
        for name, otherwise in re.findall(
            r"(?<![\w.])([a-z]\w*) \| default\(((?:[^()]|\([^()]*\))*)\)", text
        ):
            found[name].add(otherwise.replace(f"{role.name}_", ""))
    return found


def in_example() -> set[str]:
    return set(re.findall(r"^      (?:# )?([a-z]\w*): ?", EXAMPLE.read_text(), re.MULTILINE))


def test_the_example_explains_every_variable_that_is_read_and_no_other() -> None:
    read = set(read_by_roles()) | {"backup_time"}
    assert in_example() - {"ansible_host", "ansible_user"} == read - NOT_THE_OPERATORS


def test_a_variable_left_out_means_the_same_in_every_role() -> None:
    for name, values in read_by_roles().items():
        assert len({value.strip("'") for value in values}) == 1, name


def test_each_variable_in_the_example_has_a_comment_before_it() -> None:
    lines = EXAMPLE.read_text().splitlines()
    for number, line in enumerate(lines):
        if re.match(r"^      (# )?[a-z]\w*: ", line):
            above = [lines[number - back].strip() for back in range(1, 8)]
            assert any(re.match(r"# [A-Z]", words) for words in above), line


def test_each_role_documents_what_it_reads() -> None:
    for role in ROLES.iterdir():
        specs = yaml.safe_load((role / "meta/argument_specs.yml").read_text())
        options = specs["argument_specs"]["main"]["options"]
        mapped = {name for name, value in defaults(role).items() if " default(" in str(value)}
        assert mapped <= options.keys() | {"host_ssh_port"}, role.name
        assert all(option["description"].endswith(".") for option in options.values())
