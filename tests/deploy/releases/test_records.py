"""What is under way, and what served before."""

from deploy.releases import records
from deploy.releases.places import Places
from deploy.releases.records import Record, Underway


def serve(places: Places, version: str, before: str) -> None:
    places.swing(version)
    records.end(places, Record(version, before, "alice@laptop", records.now(), "serves"))


def test_a_step_is_noted_where_whoever_comes_after_a_crash_finds_it(places: Places) -> None:
    assert records.read_underway(places) is None
    begun = Underway("20261103-cccccccc", "20261102-bbbbbbbb", "alice@laptop", "2026-11-28T19:00:00.000Z")
    records.write_underway(places, begun, "migrating")
    found = records.read_underway(places)
    assert found is not None
    assert found.describe() == (
        "alice@laptop lets 20261103-cccccccc follow 20261102-bbbbbbbb since 2026-11-28T19:00:00.000Z "
        "(step: migrating)"
    )


def test_the_end_leaves_a_line_and_nothing_under_way(places: Places) -> None:
    records.write_underway(places, Underway("c", "b", "alice", "now"), "migrating")
    record = Record("c", "b", "alice", records.now(), "returned", "migrating", "It ended.")
    records.end(places, record)
    assert records.read_underway(places) is None
    assert records.history(places) == [record]


def test_the_history_does_not_grow_for_ever(places: Places) -> None:
    for number in range(records.MOST_KEPT + 5):
        records.end(places, Record(f"v{number}", "b", "alice", records.now(), "serves"))
    kept = records.history(places)
    assert len(kept) == records.MOST_KEPT
    assert kept[-1].version == f"v{records.MOST_KEPT + 4}"


def test_what_served_before_is_named_newest_first_and_once(places: Places) -> None:
    first, second, third = places.prepared()
    serve(places, second, first)
    serve(places, third, second)
    assert records.served_before(places) == [second, first]
    serve(places, second, third)
    assert records.served_before(places) == [third, first]


def test_what_never_served_is_not_among_them(places: Places) -> None:
    first, second, third = places.prepared()
    serve(places, second, first)
    records.end(places, Record(third, second, "alice", records.now(), "returned", "migrating", "It ended."))
    assert records.served_before(places) == [first]
