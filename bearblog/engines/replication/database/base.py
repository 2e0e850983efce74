"""Django's SQLite for the database that Litestream ships: nothing is written over what may be shipped."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from bearblog.engines.replication.write_ahead_log import WriteAheadLog

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)\b", re.IGNORECASE)
# With the write lock. Without it, what looks like a commit left behind may be one under way.
_BEGINS = re.compile(r"\s*BEGIN (IMMEDIATE|EXCLUSIVE)\b", re.IGNORECASE)
_BEGIN, _END = "BEGIN IMMEDIATE", "ROLLBACK"


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes in the commit that a killed process may have left in the log: at first, and before each write."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.execute_wrappers.append(self._settle_before_a_write)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection to the file that is named now; tests name another one than the settings."""
        self._log = WriteAheadLog(Path(conn_params["database"]))
        connection = super().get_new_connection(conn_params)
        # Whoever takes a killed process's place reads first, and would do again what that one has done.
        if self._log.has_unknown_commit():
            with self.wrap_database_errors:
                connection.execute(_BEGIN)
                self._end_settled(connection)
        return connection

    def _settle_before_a_write(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if self.connection.in_transaction:
            return execute(sql, params, many, context)
        if _WRITES.match(sql):
            with self.wrap_database_errors:
                self.connection.execute(_BEGIN)
                self._end_settled(self.connection)
        begun = execute(sql, params, many, context)
        # Whoever waited here for a writer that was killed meanwhile holds its lock now.
        if _BEGINS.match(sql) and self._log.has_unknown_commit():
            with self.wrap_database_errors:
                self._end_settled(self.connection)
            begun = execute(sql, params, many, context)
        return begun

    def _end_settled(self, connection: Any) -> None:
        """Ends a transaction in which nothing was written yet."""
        try:
            if self._log.has_unknown_commit():
                self._log.forget_index()
        finally:
            connection.execute(_END)
