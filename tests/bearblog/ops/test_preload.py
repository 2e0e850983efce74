"""What a process has loaded by the time it is forked."""

import subprocess

from tests.app_box import AppBox

REPORT = """
import sys
from django.template import engines
from bearblog import wsgi
loader = engines["django"].engine.template_loaders[0]
loaded = {template.name for template in loader.get_template_cache.values() if not isinstance(template, type)}
print(*sorted(name for name in sys.modules if name.startswith("bearblog.web")), *sorted(filter(None, loaded)))
"""


def report(box: AppBox) -> subprocess.CompletedProcess[str]:
    return box.manage("shell", "--no-imports", "--command", REPORT)


def test_views_and_templates_are_loaded_at_the_start(app_box: AppBox) -> None:
    loaded = report(app_box).stdout.split()
    for name in ("reading.views.feeds", "studio.views.editor", "site.views", "staff.views.letters"):
        assert f"bearblog.web.{name}" in loaded
    for template in ("reading/post.html", "reading/atom.xml", "studio/conflict.html", "404.html"):
        assert template in loaded
