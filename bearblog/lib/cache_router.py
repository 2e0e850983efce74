"""Sends each cache's table to the database of its name, and everything else to the default one."""

from typing import Any

_APP = "django_cache"


class CacheRouter:
    """Keeps cache churn out of the replicated database file."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return self._database(model)

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        return self._database(model)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == (self._database(hints["model"]) if app_label == _APP else "default")

    def _database(self, model: Any) -> str | None:
        return str(model._meta.db_table) if model._meta.app_label == _APP else None
