"""Registers the vitals, which own the table of hours."""

from django.apps import AppConfig


class VitalsConfig(AppConfig):
    name = "bearblog.engines.vitals"
    label = "vitals"
