"""Sends the cache's table to the cache database, and everything else to the default one."""

from typing import Any


class CacheRouter:
    """Keeps cache churn out of the replicated database file."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return self._database(model)

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        return self._database(model)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == "cache") == (app_label == "django_cache")

    def _database(self, model: Any) -> str | None:
        return "cache" if model._meta.app_label == "django_cache" else None
