"""Releases with something about them, made on a box from the one that serves there."""

from deploy.droplet.box import Box
from deploy.releases.places import Places

STYLE_SHEET = "base/old.0123456789ab.css"
NOTE_A_MIGRATION = (
    'bearblog shell --no-imports --command "from django.db import connection; connection.cursor().execute('
    "'INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)', "
    "['posts', '0999_future', '2026-11-28'])\""
)

# Python that runs in the folder of a new release, and changes it.
NOTHING = ""
A_STYLE_SHEET = f"""
import json
file = pathlib.Path("static/staticfiles.json")
manifest = json.loads(file.read_text())
manifest["paths"]["base/old.css"] = "{STYLE_SHEET}"
file.write_text(json.dumps(manifest))
pathlib.Path("static/{STYLE_SHEET}").write_text("p{{}}")
"""
ANSWERS_500 = """
add("bearblog/wsgi.py", '''
sound = application


def application(environ, start_response):
    if environ["PATH_INFO"] == "/readyz":
        return sound(environ, start_response)
    raise RuntimeError("broken")
''')
"""
DOES_NOT_IMPORT = """
add("bearblog/wsgi.py", 'raise ImportError("broken")')
"""
_MIGRATION = """
names = sorted(file.stem for file in pathlib.Path("bearblog/domain/posts/migrations").glob("0*.py"))
pathlib.Path("bearblog/domain/posts/migrations/0999_new.py").write_text(f'''
import time
from django.db import migrations

def work(apps, editor):
    {work}

class Migration(migrations.Migration):
    dependencies = [("posts", "{{names[-1]}}")]
    operations = [migrations.RunPython(work)]
''')
"""
FAILING_MIGRATION = _MIGRATION.format(work='editor.execute("SELECT * FROM nowhere")')
MIGRATION_FAILING_LIVE = _MIGRATION.format(
    work='assert "/var/lib" not in str(editor.connection.settings_dict["NAME"]), "not on the living one"'
)
QUICK_MIGRATION = _MIGRATION.format(work='editor.execute("CREATE TABLE posts_new (id INTEGER PRIMARY KEY)")')
SLOW_MIGRATION = _MIGRATION.format(work="time.sleep(4)")
WRITING_MIGRATION = _MIGRATION.format(
    work='editor.execute("CREATE TABLE posts_new AS SELECT * FROM posts_post"); time.sleep(8)'
)


def vary(box: Box, name: str, change: str) -> str:
    """The version of a copy of the release that serves, with that change."""
    places = Places(box.droplet.root)
    version, serving = f"20260101-{name}", places.serving()
    box.ssh(f"cp --archive /srv/bearblog/releases/{serving} /srv/bearblog/releases/{version}")
    # Its programs begin with the Python that runs them: the copy must stand on its own.
    box.ssh(
        f"cd /srv/bearblog/releases/{version}/.venv && "
        f"grep --recursive --files-with-matches --binary-files=without-match {serving} bin | "
        f"xargs sed --in-place 's#releases/{serving}/#releases/{version}/#g'"
    )
    opening = (
        "import pathlib\n"
        "def add(name, text):\n"
        "    file = pathlib.Path(name)\n"
        "    file.write_text(file.read_text() + text)\n"
    )
    script = places.release(version) / "change.py"
    script.write_text(opening + change)
    box.ssh(f"cd /srv/bearblog/releases/{version} && python3 change.py && rm change.py")
    return version
