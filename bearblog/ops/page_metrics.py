"""The figures of the stored pages in Prometheus's text format (version 0.0.4)."""

from bearblog.engines.pagecache.figures import Figures


def text(figures: Figures, reads: int | None) -> str:
    """The metrics, each with what it says and of which kind it is; `reads` only where they are counted.

    What was read and neither made nor found made was a hit: Caddy served it from disk.
    """
    metrics = [
        ("pages_renders_total", "counter", "Pages made by the application.", figures.renders),
        ("pages_found_total", "counter", "Pages asked of the application that lay on disk.", figures.found),
        ("pages_stored_total", "counter", "Pages written to disk.", figures.stored),
        ("pages_written_bytes_total", "counter", "Bytes written to disk for pages.", figures.written),
        ("pages", "gauge", "Pages on disk, last good copies aside.", figures.pages),
        ("pages_last_copies", "gauge", "Last good copies on disk.", figures.last_copies),
        ("pages_files", "gauge", "Files that the pages are.", figures.files),
        ("pages_bytes", "gauge", "Bytes that the pages take.", figures.bytes),
        ("pages_current", "gauge", "1 where readers see this release's pages.", _is_current(figures)),
    ]
    if reads is not None:
        metrics.append(("pages_reads_total", "counter", "Pages and feeds that readers were given.", reads))
    return "\n".join(
        f"# HELP bearblog_{name} {what}\n# TYPE bearblog_{name} {kind}\nbearblog_{name} {value}"
        for name, kind, what, value in metrics
    )


def _is_current(figures: Figures) -> int:
    return int(figures.current == figures.key)
