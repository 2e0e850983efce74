"""The environment that the tests run in: a box of its own in a temporary folder, gone at the end."""

import os
import tempfile
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="bearblog-tests-")
ROOT = Path(FOLDER.name)
_COMPILED = Path(__file__).resolve().parents[1] / ".pytest_cache/compiled"


def _prepare() -> None:
    for name in [name for name in os.environ if name.startswith("BEARBLOG_")]:
        del os.environ[name]
    # Tests start many processes: where compiled modules may not lie beside their sources, they lie here.
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = str(_COMPILED)
    (ROOT / "secret_key").write_text("only-for-tests-" + "0123456789abcdef" * 4, encoding="utf-8")
    (ROOT / "secret_key").chmod(0o600)
    for name in ("data", "cache", "run", "static"):
        (ROOT / name).mkdir()
    os.environ.update(
        BEARBLOG_MAIN_HOST="bear.localhost",
        BEARBLOG_HTTPS_PORT="8443",
        BEARBLOG_DATA_DIR=str(ROOT / "data"),
        BEARBLOG_CACHE_DIR=str(ROOT / "cache"),
        BEARBLOG_STATIC_DIR=str(ROOT / "static"),
        BEARBLOG_SECRET_KEY_FILE=str(ROOT / "secret_key"),
    )


_prepare()
