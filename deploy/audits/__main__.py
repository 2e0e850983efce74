"""Runs Lighthouse over a home page and a post and prints the scores: `python -m deploy.audits`."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.dev.environment import PROJECT
from deploy.droplet.progress import say, step
from deploy.stage.browser import CHROMIUM, FLAGS
from deploy.stage.site import Site, running_site

_HERE = Path(__file__).parent
_CATEGORIES = ("accessibility", "best-practices", "seo")
_PROMISED = 100


def install() -> None:
    """Fetches Lighthouse by the lock file. Raises CalledProcessError when the registry does not answer."""
    command = ["npm", "ci", "--prefix", str(_HERE), "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, check=True)


def audit(url: str) -> dict[str, float]:
    """The scores of a page, a hundred at most, and a line for each audit that failed."""
    flags = [*FLAGS, "--headless=new", "--ignore-certificate-errors"]
    command = [
        str(_HERE / "node_modules/.bin/lighthouse"),
        url,
        "--output=json",
        "--quiet",
        f"--only-categories={','.join(_CATEGORIES)}",
        f"--chrome-flags={' '.join(flags)}",
    ]
    finished = subprocess.run(
        command, env=os.environ | {"CHROME_PATH": CHROMIUM}, check=True, stdout=subprocess.PIPE
    )
    report = json.loads(finished.stdout)
    _say_failures(report)
    return {name: report["categories"][name]["score"] * 100 for name in _CATEGORIES}


def _say_failures(report: dict[str, dict[str, dict[str, object]]]) -> None:
    for entry in report["audits"].values():
        score = entry["score"]
        if isinstance(score, int | float) and score < 1:
            say(f"    {entry['id']}: {entry['title']}")


def _pages(site: Site) -> dict[str, str]:
    blog = site.blog_url("alice")
    return {
        "a blog's home page": blog,
        "a post": f"{blog}everything-at-once/",
        "the landing page": f"{site.url}/",
    }


def main() -> int:
    """Prints a table of scores; returns 1 where one is under 100."""
    with step("Installing Lighthouse"):
        install()
    rows = ["| page | " + " | ".join(_CATEGORIES) + " |", "| --- |" + " ---: |" * len(_CATEGORIES)]
    worst = 100.0
    with tempfile.TemporaryDirectory(prefix="bearblog-stage-") as home, running_site(Path(home)) as site:
        site.shell((PROJECT / "deploy/stage/garden.py").read_text(encoding="utf-8"))
        for name, url in _pages(site).items():
            say(f"  {name}")
            scores = audit(url)
            worst = min(worst, *scores.values())
            rows.append(f"| {name} | " + " | ".join(f"{scores[kind]:.0f}" for kind in _CATEGORIES) + " |")
    say("\n" + "\n".join(rows))
    return 1 if worst < _PROMISED else 0


if __name__ == "__main__":
    sys.exit(main())
