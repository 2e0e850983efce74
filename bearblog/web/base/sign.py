"""The platform's own sign, for whatever has none of its own."""

from pathlib import Path

SIGN_SVG = (Path(__file__).parent / "static/base/favicon.svg").read_text(encoding="utf-8")
