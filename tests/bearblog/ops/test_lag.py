"""The canary of each minute, and the measured lag of a real Litestream."""

import json

from tests.app_box import AppBox
from tests.replicas import await_true

COUNT = "SELECT count(*) FROM replication_canary"
# The minute is made short; all else is as in the worker.
TWO_MINUTES = """
import time
from bearblog.engines.replication.models import Canary
from bearblog.ops import lag
lag.SECONDS_BETWEEN = 2.5
canaries = lag.Canaries()
while Canary.objects.count() < 2:
    canaries.write_and_watch()
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
