"""The name of a request, which whoever works for it finds without being told."""

import threading

import pytest

from bearblog.lib import request_id

NAME = "706bb34f-8253-4024-8414-7bc3d2f4edc8"


def test_a_thread_works_for_one_request_at_a_time() -> None:
    assert request_id.current() == ""
    assert request_id.begin(NAME) == NAME == request_id.current()
    seen: list[str] = []
    thread = threading.Thread(target=lambda: seen.append(request_id.current()))
    thread.start()
    thread.join()
    assert seen == [""]
    request_id.end()
    assert request_id.current() == ""


@pytest.mark.parametrize("sent", ["", "7", NAME.upper(), f"{NAME}\n", f"{NAME} x", "x" * 36, "\ud800"])
def test_what_is_no_name_is_not_taken(sent: str) -> None:
    name = request_id.begin(sent)
    assert name != sent
    assert request_id.begin(name) == name
    assert len(name) == request_id.LONGEST


def test_no_two_requests_have_one_name() -> None:
    assert request_id.make() != request_id.make()


def test_work_for_another_request_ends_with_its_block() -> None:
    request_id.begin(NAME)
    with pytest.raises(ValueError, match="gone wrong"), request_id.carried(""):
        assert request_id.current() == ""
        raise ValueError("gone wrong")
    assert request_id.current() == NAME
