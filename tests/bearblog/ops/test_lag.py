"""The canary of each minute, and the measured lag of a real Litestream."""

import json

from tests.app_box import AppBox
from tests.listener import Listener
from tests.replicas import await_true

COUNT = "SELECT count(*) FROM replication_canary"
# The minute is made short; all else is as in the worker. Writing the canary itself takes of it too.
TWO_MINUTES = """
import time
from bearblog.engines.replication.models import Canary
from bearblog.ops import lag
lag.SECONDS_BETWEEN = 3.5
canaries = lag.Canaries()
while Canary.objects.count() < 2:
    canaries.write_and_watch()
    time.sleep(0.02)
"""


PINGS = """
import time
from bearblog.engines.replication.models import Canary
from bearblog.ops import lag
lag.SECONDS_BETWEEN = 2.5
duties = lag.canary_duties()
while Canary.objects.count() < 3:
    for duty in duties:
        duty.run()
    time.sleep(0.02)
"""


def lags(box: AppBox) -> list[float | None]:
    done = box.manage("shell", "--no-imports", "--command", TWO_MINUTES)
    assert done.returncode == 0, done.stderr
    first, second = (
        box.value("SELECT lag FROM replication_canary ORDER BY id LIMIT 1 OFFSET ?", n) for n in (0, 1)
    )
    assert first is None
    assert isinstance(second, float)
    return [first, second]


def test_the_worker_writes_a_canary_that_counts(app_box: AppBox) -> None:
    app_box.start_worker()
    await_true(lambda: app_box.value(COUNT) == 1)
    counted = json.loads(str(app_box.value("SELECT rows FROM replication_canary")))
    assert (counted["accounts_user"], counted["blogs_blog"], counted["posts_post"]) == (1, 1, 0)
    assert "Traceback" not in app_box.stop_worker()[1]


def test_the_next_canary_says_what_the_one_before_took_unhurried(app_box: AppBox) -> None:
    app_box.start()
    _, lag = lags(app_box)
    assert lag is not None
    # Litestream ships by itself once a second.
    assert 0 < lag < 2.5


def test_a_standstill_is_measured_while_it_lasts(app_box: AppBox) -> None:
    app_box.start()
    app_box.lose_litestream()
    _, lag = lags(app_box)
    assert lag is not None
    assert lag >= 2.5


def test_a_replaced_box_writes_none(app_box: AppBox, bare_box: AppBox) -> None:
    bare_box.claim(start_new=True)
    app_box.start_worker()
    assert (app_box.folder / "superseded.json").exists()
    assert "Traceback" not in app_box.stop_worker()[1]
    assert app_box.value(COUNT) == 0


def ping(box: AppBox, listener: Listener) -> None:
    (box.folder / "ping_canary").write_text(f"{listener.url}/uuid\n")
    box.settings["BEARBLOG_PING_CANARY_FILE"] = str(box.folder / "ping_canary")
    done = box.manage("shell", "--no-imports", "--command", PINGS)
    assert done.returncode == 0, done.stderr


def test_each_canary_that_came_is_told_to_the_switch_once(app_box: AppBox, listener: Listener) -> None:
    app_box.start()
    ping(app_box, listener)
    # The third is on its way when the watch ends.
    assert 2 <= len(listener.posted) <= 3
    assert {posted.path for posted in listener.posted} == {"/uuid"}


def test_of_a_canary_that_does_not_come_nothing_is_told(app_box: AppBox, listener: Listener) -> None:
    app_box.start()
    app_box.lose_litestream()
    ping(app_box, listener)
    assert listener.posted == []
