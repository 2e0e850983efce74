"""Who may import whom: rules 1 to 6 and 8 of the design, read off the syntax trees."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAYERS = {"lib": 0, "engines": 1, "domain": 2, "web": 3, "ops": 3}
DOMAIN = {"accounts": 0, "blogs": 1, "posts": 2, "media": 2}
THINGS_OF_FACES = ("django.http", "django.forms", "django.template", "django.shortcuts", "django.urls")
FILES = {
    tuple(file.relative_to(ROOT).with_suffix("").parts): ast.parse(file.read_text(encoding="utf-8"))
    for file in sorted((ROOT / "bearblog").rglob("*.py"))
}
Module = tuple[str, ...]


def imports() -> Iterator[tuple[Module, Module]]:
    for module, tree in FILES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((module, tuple(alias.name.split("."))) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                whole = node.module.split(".")
                yield from ((module, (*whole, alias.name)) for alias in node.names)


def own_imports() -> Iterator[tuple[Module, Module]]:
    return ((here[1:], there[1:]) for here, there in imports() if there[0] == "bearblog")


def offenders(tree: ast.AST, kinds: tuple[type[ast.AST], ...]) -> list[ast.AST]:
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def test_imports_only_lead_downward() -> None:
    top = max(LAYERS.values()) + 1
    for here, there in own_imports():
        mine, theirs = LAYERS.get(here[0], top), LAYERS.get(there[0], top)
        wiring = here[0] == "settings" or there == ("settings",)
        assert theirs < mine or here[0] == there[0] or wiring or mine == top, (here, there)


def test_lib_and_engines_know_no_setting_and_lib_no_model() -> None:
    for here, there in imports():
        if here[1] in ("lib", "engines"):
            assert there[:2] != ("django", "conf"), (here, there)
        if here[1] == "lib":
            assert there[:2] != ("django", "db"), (here, there)


def test_engines_and_faces_do_not_know_their_neighbours() -> None:
    for here, there in own_imports():
        if here[0] == there[0] == "engines":
            assert here[1] == there[1], (here, there)
        if here[0] == there[0] == "web":
            assert there[1] in (here[1], "base"), (here, there)


def test_domain_folders_import_leftwards_only() -> None:
    for here, there in own_imports():
        if here[0] == there[0] == "domain" and here[1] != there[1]:
            assert DOMAIN.get(there[1], 3) < DOMAIN.get(here[1], 3), (here, there)


def test_in_a_domain_folder_models_come_before_selectors_before_services() -> None:
    order = {"models": 0, "selectors": 1, "services": 2}
    for here, there in own_imports():
        if here[:2] == there[:2] and here[0] == "domain" and here[-1] in order and len(there) > 2:
            assert order.get(there[2], -1) <= order[here[-1]], (here, there)


def test_no_domain_file_knows_a_request_a_template_or_a_form() -> None:
    for here, there in imports():
        if here[1] == "domain":
            assert not ".".join(there).startswith(THINGS_OF_FACES), (here, there)


def test_imports_stand_at_the_top_and_are_real() -> None:
    for module, tree in FILES.items():
        for function in offenders(tree, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            assert not offenders(function, (ast.Import, ast.ImportFrom)), module
    assert not [pair for pair in imports() if pair[1][-1] == "TYPE_CHECKING"]


def test_a_service_says_itself_what_follows() -> None:
    for here, there in imports():
        assert "signals" not in there and there[:2] != ("django", "dispatch"), (here, there)
    for module, tree in FILES.items():
        for function in offenders(tree, (ast.FunctionDef,)):
            # django-allauth calls its forms by this name.
            is_allauths = module[-1] == "forms_account"
            assert getattr(function, "name", "") not in ("save", "ready") or is_allauths, module


def test_management_commands_stand_in_ops_only() -> None:
    for module in FILES:
        assert "management" not in module or module[1] == "ops", module


def test_the_application_reads_no_other_top_level_folder() -> None:
    others = {folder.name for folder in ROOT.iterdir() if folder.is_dir()} - {"bearblog"}
    for here, there in imports():
        assert there[0] not in others, (here, there)
