"""What `manage check --database default` and the monitor ask: are the required columns there (PLT-02, 61号 [C])?"""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError

from gongkai.disclosure.columns.tree import planned
from gongkai.disclosure.models import Column


def missing_columns() -> list[str]:
    """The codes of required columns that are not there, renamed or put away: the database refuses the last, an action
    the renaming; a restored database may still come without."""
    wanted = {column.code: column.name for column, _parent, _place in planned() if column.protected}
    there = dict(Column.objects.filter(code__in=wanted, active=True).values_list("code", "name"))
    return [code for code, name in wanted.items() if there.get(code) != name]


def required_columns(*, databases: Any = None, **_: Any) -> list[CheckMessage]:
    """For Django's system checks, with the database."""
    if not databases:
        return []
    try:
        missing = missing_columns()
    except DatabaseError:
        return []  # not migrated yet
    if not missing:
        return []
    text = f"必设栏目缺失或者被改名：{'、'.join(missing)}"
    return [Warning(text, hint="gongkai serve 启动时会补设缺失的栏目。", id="disclosure.W001")]
