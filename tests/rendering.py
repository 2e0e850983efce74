"""Renders the project's templates with plain Jinja, as the playbook's roles would, without Ansible."""

from collections.abc import Mapping
from pathlib import Path

import jinja2

PROJECT = Path(__file__).resolve().parent.parent


def render(template: str, variables: Mapping[str, object]) -> str:
    """The text of a template, named by its path in the project. Raises on a variable that is missing."""
    path = PROJECT / template
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(path.parent),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - configuration files, not HTML
    )
    return environment.get_template(path.name).render(variables)
