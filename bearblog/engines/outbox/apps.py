"""Registers the outbox, which owns the table of letters."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "bearblog.engines.outbox"
    label = "outbox"
