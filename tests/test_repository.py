"""What the repository leaves out: nothing built, nothing that watches, nothing of one platform."""

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_BUILT_OR_PRIVATE = re.compile(
    r"(^|/)(\.idea|\.vscode|__pycache__|node_modules|staticfiles)/|\.(mmdb|pyc|sqlite3|DS_Store|log)$"
)
# They show settings and requests to whoever meets an error, or send them elsewhere.
_TELLTALES = ("debug-toolbar", "silk", "sentry", "rollbar", "newrelic", "honeybadger", "judoscale")
_ADDRESS = re.compile(r"https?://([a-z0-9.-]+\.[a-z]{2,})", re.IGNORECASE)
_PLATFORM = re.compile(r"bear(blog)?\.(app|dev|com|io|net|org)$|blog\.(dev|io)$", re.IGNORECASE)


def files() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True)
    return listed.stdout.splitlines()


def test_nothing_built_and_nothing_private_is_kept() -> None:
    assert [name for name in files() if _BUILT_OR_PRIVATE.search(name)] == []


def test_no_program_watches_or_debugs_in_production() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = [dependency.lower() for dependency in project["project"]["dependencies"]]
    assert [name for name in names if any(word in name for word in _TELLTALES)] == []
    settings = (ROOT / "bearblog/settings.py").read_text(encoding="utf-8").lower()
    assert [word for word in _TELLTALES if word.replace("-", "_") in settings] == []


def test_the_application_names_no_platform_as_its_home() -> None:
    for file in (ROOT / "bearblog").rglob("*"):
        if file.suffix in (".py", ".html", ".txt", ".xml", ".md", ".js"):
            hosts = _ADDRESS.findall(file.read_text(encoding="utf-8"))
            assert [host for host in hosts if _PLATFORM.search(host)] == [], file
