from deploy.drills.retention import KEPT, Shelves

DAYS = [f"daily/202610{day:02}T024500Z" for day in range(1, 32)] + [
    f"daily/202611{day:02}T024500Z" for day in range(1, KEPT - 30)
]


def filled() -> Shelves:
    shelves = Shelves()
    assert shelves.see(DAYS) == DAYS
    assert len(shelves.here) == KEPT
    return shelves


def test_the_oldest_set_of_a_full_shelf_may_go_when_another_is_made() -> None:
    shelves = filled()
    assert shelves.see([*DAYS[1:], "daily/20261105T024500Z"]) == ["daily/20261105T024500Z"]
    assert shelves.went == DAYS[:1]
    assert shelves.went_wrongly == []


def test_a_set_is_as_old_as_it_is_and_not_as_its_stamp_says() -> None:
    shelves = filled()
    behind = "daily/20260930T024500Z"
    shelves.see([*DAYS, behind])
    assert shelves.daily[-1] == behind
    shelves.see(DAYS)
    assert shelves.went_wrongly == [behind]


def test_no_set_of_a_shelf_that_has_room_may_go_and_none_of_a_month() -> None:
    shelves = Shelves()
    shelves.see(["monthly/20261001T024500Z", *DAYS[:2]])
    shelves.see(DAYS[1:3])
    assert shelves.went_wrongly == [DAYS[0], "monthly/20261001T024500Z"]
