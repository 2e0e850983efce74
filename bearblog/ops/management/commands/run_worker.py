"""Runs the worker: tasks, letters, the watch over the bucket."""

from typing import Any

from django.core.management.base import BaseCommand

from bearblog.ops.worker import Worker


class Command(BaseCommand):
    help = "Runs tasks and the clock's duties until SIGTERM. One per box."
    # The checks would load every address, view and form into a process that lives for months.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        Worker().run()
