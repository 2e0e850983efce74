"""The settings of the application, as a test box has them."""

from tests import environment  # isort: skip
from bearblog.settings import *  # noqa: F403
from bearblog.settings import CACHES, DATABASES, STORAGES

# Files, not memory: locks, WAL and threads then behave as on a box.
for _name in DATABASES:
    DATABASES[_name]["TEST"] = {"NAME": environment.ROOT / f"test-{_name}.sqlite3"}

# One test collects the static files for real; all others need only their names.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# As a box has them, for the tests that try one; all others forget with their process.
CACHES_OF_A_BOX = dict(CACHES)
for _name in CACHES:
    CACHES[_name] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": _name}
# A test is one address, and in more of a hurry than any reader.
PAGES_A_MINUTE = 1_000_000
