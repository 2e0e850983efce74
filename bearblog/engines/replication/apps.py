"""Registers replication, which owns the table of canaries."""

from django.apps import AppConfig


class ReplicationConfig(AppConfig):
    name = "bearblog.engines.replication"
    label = "replication"
