"""The doctor's look at Caddy's certificates, as root saw them: how long they hold, how many were issued."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings

from bearblog.engines.vitals.findings import Finding, fail, ok, warning
from bearblog.ops.survey import Certificate

_WEEK = timedelta(days=7)
# letsencrypt.org/docs/rate-limits: new certificates of one registered domain in seven days.
_MOST_A_WEEK, _MANY_A_WEEK = 50, 40
# Caddy renews when a third of the time is left; with half of that gone it has tried in vain for long.
_LATE = 1 / 6


def validity(found: Sequence[Certificate]) -> Finding:
    """Whether the main host's certificate holds on, and which others have ended."""
    now = datetime.now(UTC)
    newest = {one.name: one for one in sorted(found, key=lambda one: one.end)}
    main = newest.pop(settings.MAIN_HOST, None)
    if main is None:
        sentence = f"There is no certificate for {settings.MAIN_HOST}."
        return fail("certificates", sentence, "Lead its DNS to this box; see: journalctl -u caddy.")
    left = main.end - now
    sentence = f"That of {main.name} holds for {_words(left)}"
    if left < (main.end - main.begin) * _LATE:
        late = f"{sentence} and is not renewed." if left > timedelta() else f"That of {main.name} has ended."
        return fail("certificates", late, "See: journalctl -u caddy, and the line on DNS.")
    ended = sorted(name for name, one in newest.items() if one.end <= now)
    if ended:
        sentence = f"{sentence}; {len(ended)} of {len(newest)} others have ended, such as that of {ended[0]}."
        mend = f"The next visitor renews it: open https://{ended[0]}/, and see: journalctl -u caddy."
        return warning("certificates", sentence, mend)
    return ok("certificates", f"{sentence}; {len(newest)} others hold too.")


def issued(found: Sequence[Certificate]) -> Finding:
    """Whether a public authority will go on issuing: how many one domain had this week."""
    since = datetime.now(UTC) - _WEEK
    counted = Counter(_registered(one.name) for one in found if one.public and one.begin > since)
    if not counted:
        return ok("issued certificates", "No public authority issued one this week.")
    domain, most = counted.most_common(1)[0]
    sentence = f"{counted.total()} were issued this week, {most} of them for {domain}; authorities allow 50."
    mend = "New blogs there wait for theirs: close sign-up for some days, or give blogs a second domain."
    if most >= _MOST_A_WEEK:
        return fail("issued certificates", sentence, mend)
    if most >= _MANY_A_WEEK:
        return warning("issued certificates", sentence, mend)
    return ok("issued certificates", sentence)


def _registered(name: str) -> str:
    # Near enough without the list of public suffixes: example.co.uk and example.org.
    labels = name.split(".")
    is_below_short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if is_below_short else labels[-2:])


def _words(left: timedelta) -> str:
    return f"{left.days} days" if left.days >= 2 else f"{left.total_seconds() / 3600:.0f} hours"
