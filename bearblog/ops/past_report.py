"""The past beside the present, and what came back of it, as lines for a terminal and as JSON."""

from collections.abc import Iterator
from datetime import datetime

from bearblog.domain.transfer.past_differences import Comparison, Difference
from bearblog.domain.transfer.services import Brought
from bearblog.lib import columns
from bearblog.lib.comparison import Line, compare

_HEAD = ("state", "what", "address", "title", "differs in")


def table(comparison: Comparison) -> str:
    """What differs, a line each."""
    if comparison.blog is None:
        first = f"The blog “{comparison.past.title}” ({comparison.past.subdomain}) is gone."
    elif not comparison.differences:
        return "Nothing differs: the blog is as it was at that moment."
    else:
        first = f"{len(comparison.differences):,} things differ."
    if comparison.unknown:
        unknown = ", ".join(comparison.unknown)
        first += f" The database of that moment does not know yet, so this stays as it is: {unknown}."
    rows = [_HEAD, *(_cells(one) for one in comparison.differences)]
    return "\n".join([first, "", *columns.aligned(rows)])


def differing_texts(comparison: Comparison, moment: datetime) -> str:
    """Both texts of all that can come back: what would go with "-", what would come with "+"."""
    shown = (one for one in comparison.differences if one.can_come_back)
    return "\n\n".join("\n".join(_text(one, moment)) for one in shown)


def told(brought: Brought) -> list[str]:
    """What came back, a sentence each; then what is worth a look."""
    report = brought.report
    changes = ", ".join(report.changes) or "nothing"
    counts = (
        f"{report.posts + report.pages:,} posts and pages that were gone ({report.drafts:,} of them drafts), "
        f"{report.media:,} files, {report.revisions:,} earlier versions"
    )
    lines = [f"Back on {brought.blog.subdomain}: {counts}. Set to what it was: {changes}."]
    if report.subscribers:
        lines.append(f"{report.subscribers:,} subscribers are back, too.")
    return [*lines, *report.problems]


def as_json(comparison: Comparison, *, with_texts: bool) -> dict[str, object]:
    """What differs, in plain values."""
    found = []
    for one in comparison.differences:
        about = {
            "name": one.name,
            "kind": one.kind,
            "state": one.state.value,
            "address": one.slug,
            "title": one.title,
            "differs_in": list(one.values),
        }
        found.append(about | ({"then": one.then, "now": one.now} if with_texts else {}))
    return {
        "blog": comparison.past.subdomain,
        "is_gone": comparison.blog is None,
        "unknown": list(comparison.unknown),
        "differences": found,
    }


def brought_as_json(brought: Brought) -> dict[str, object]:
    """What came back, in plain values."""
    report = brought.report
    return {
        "blog": brought.blog.subdomain,
        "posts": report.posts,
        "pages": report.pages,
        "drafts": report.drafts,
        "media": report.media,
        "subscribers": report.subscribers,
        "revisions": report.revisions,
        "changed": report.changes,
        "problems": report.problems,
    }


def _cells(one: Difference) -> tuple[str, ...]:
    address = f"/{one.slug}/" if one.slug else one.name
    return (one.state.value, one.kind, address, one.title, ", ".join(one.values))


def _text(one: Difference, moment: datetime) -> Iterator[str]:
    yield f"--- {one.title}, today"
    yield f"+++ {one.title}, {moment:%Y-%m-%d %H:%M:%S} UTC"
    for row in compare(one.now, one.then):
        if row.is_cut:
            yield "… and more than can be shown."
        elif row.left_out:
            yield f"@@ {row.left_out:,} lines are the same"
        elif not row.is_changed:
            yield f"  {_line(row.old)}"
        else:
            if row.old:
                yield f"- {_line(row.old)}"
            if row.new:
                yield f"+ {_line(row.new)}"


def _line(line: Line | None) -> str:
    return "".join(piece.text for piece in line.pieces) if line else ""
