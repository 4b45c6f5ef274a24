"""A cache in the database that counts: of two processes that add one at the same moment neither is lost."""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router, transaction


class CountingCache(DatabaseCache):
    """Django's own reads a number and writes it back; here the row is locked in between."""

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        using = router.db_for_write(self.cache_model_class)
        with transaction.atomic(using=using):
            self._lock(using, self.make_and_validate_key(key, version=version))
            return int(super().incr(key, delta, version=version))

    def _lock(self, using: Any, key: str) -> None:
        """SQLite is locked whole by the transaction itself, which begins IMMEDIATE."""
        connection = connections[using]
        if not connection.features.has_select_for_update:
            return
        table = connection.ops.quote_name(self.cache_model_class._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE cache_key = %s FOR UPDATE", [key])
