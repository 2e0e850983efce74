"""Says a text where Slack's incoming webhooks, and what is compatible with them, take it."""

import json

from bearblog.engines.alarms import post


def send(url: str, text: str, *, seconds: float = post.SECONDS) -> None:
    """Posts the text as JSON. Raises NotSent."""
    # These three have a meaning of their own there.
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    post.post(url, json.dumps({"text": plain}).encode(), content_type="application/json", seconds=seconds)
