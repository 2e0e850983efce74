"""Notes for each hour how full the disk is and what the canaries measured; the log's reader adds requests."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bearblog.engines.replication import canary, superseded
from bearblog.engines.vitals import hours
from bearblog.engines.vitals.hours import Disk
from bearblog.ops import box


def note() -> None:
    """Notes the disk in this hour, and the lags of this and of the last one; lets go of old hours.

    A replaced box notes nothing.
    """
    if superseded.is_superseded(box.superseded_file()):
        return
    now = timezone.now()
    this = hours.number_of(now)
    usage = shutil.disk_usage(settings.DATA_DIR)
    lags = canary.lags_since(now - timedelta(hours=2))
    with transaction.atomic():
        # What root alone may still fill counts as taken.
        hours.note_disk(this, Disk(used=usage.total - usage.free, total=usage.total))
        # The last hour's end came after it was noted for the last time.
        for number in (this - 1, this):
            hours.note_lags(number, [lag for moment, lag in lags if hours.number_of(moment) == number])
        hours.sweep(this)
