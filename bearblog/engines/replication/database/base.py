"""Django's SQLite for the database that Litestream ships: nothing is written over what may be shipped."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from bearblog.engines.replication.write_ahead_log import WriteAheadLog

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)\b", re.IGNORECASE)
_BEGIN, _END = "BEGIN IMMEDIATE", "ROLLBACK"


class DatabaseWrapper(base.DatabaseWrapper):
    """Before anything is written, takes in the commit that a killed process may have left in the log."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.execute_wrappers.append(self._settle_before_a_write)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection to the file that is named now; tests name another one than the settings."""
        self._log = WriteAheadLog(Path(conn_params["database"]))
        return super().get_new_connection(conn_params)

    def _start_transaction_under_autocommit(self) -> None:
        # Whoever waited here for a writer that was killed meanwhile holds its lock now.
        super()._start_transaction_under_autocommit()  # type: ignore[misc] # not in the stubs
        if self._forgets_index():
            self.cursor().execute(_END)
            super()._start_transaction_under_autocommit()  # type: ignore[misc]

    def _settle_before_a_write(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if not self.connection.in_transaction and _WRITES.match(sql):
            with self.wrap_database_errors:
                self.connection.execute(_BEGIN)
                try:
                    self._forgets_index()
                finally:
                    self.connection.execute(_END)
        return execute(sql, params, many, context)

    def _forgets_index(self) -> bool:
        is_found = self._log.has_unknown_commit()
        if is_found:
            self._log.forget_index()
        return is_found
