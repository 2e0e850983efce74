"""Writes what a whole run has measured into bench/latest.json, an entry a line, for comparing two runs."""

import json
from collections.abc import Mapping

from deploy.bench import machine
from deploy.bench.report import Report
from deploy.droplet.state import PROJECT

FILE = PROJECT / "bench/latest.json"
_DIGITS = 4


def write(reports: Mapping[str, Report], server_times: Mapping[str, object]) -> None:
    """Takes the place of what was measured before."""
    figures = [figure.as_json() for report in reports.values() for figure in report.figures]
    rounds = {name: report.rounds for name, report in reports.items() if report.rounds}
    FILE.parent.mkdir(exist_ok=True)
    document = {**machine.facts("wrk"), "figures": figures, "server_times": server_times, "rounds": rounds}
    FILE.write_text(laid_out(document), encoding="utf-8")


def laid_out(document: Mapping[str, object]) -> str:
    """The document as JSON, each thing that stands in one of its lists or mappings on a line of its own."""
    entries = (f"{_json(name)}: {_laid_out(value)}" for name, value in document.items())
    return "{\n" + ",\n".join(entries) + "\n}\n"


def _laid_out(value: object) -> str:
    if isinstance(value, dict):
        return "{\n" + ",\n".join(f" {_json(name)}: {_json(entry)}" for name, entry in value.items()) + "\n}"
    if isinstance(value, list):
        return "[\n" + ",\n".join(f" {_json(entry)}" for entry in value) + "\n]"
    return _json(value)


def _json(value: object) -> str:
    return json.dumps(_rounded(value), ensure_ascii=False)


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, dict):
        return {name: _rounded(entry) for name, entry in value.items()}
    return [_rounded(entry) for entry in value] if isinstance(value, list | tuple) else value
