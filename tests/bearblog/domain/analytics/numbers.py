"""What was counted."""

from bearblog.domain.analytics.models import Count


def number(kind: str, name: str = "") -> int:
    """How often this name was counted, on all days and all blogs."""
    return sum(Count.objects.filter(kind=kind, name=name).values_list("number", flat=True))


def names(kind: str) -> list[str]:
    """Which names of the kind were counted."""
    return list(Count.objects.filter(kind=kind).order_by("name").values_list("name", flat=True))
