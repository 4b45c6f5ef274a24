"""Every statutory time limit as data: the Regulation, the fee, supervision, reconsideration, litigation, personal data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gongkai.law.time_limit import Bound, TimeLimit, Unit, Variant
from gongkai.law.time_limits_regulation import APPLICATIONS, FEES, PERSONAL_DATA, PUBLISHING, SUPERVISION
from gongkai.law.time_limits_remedies import LITIGATION, RECONSIDERATION

__all__ = ["TIME_LIMITS", "Bound", "TimeLimit", "Unit", "Variant"]

_ROWS = (*PUBLISHING, *APPLICATIONS, *FEES, *SUPERVISION, *RECONSIDERATION, *LITIGATION, *PERSONAL_DATA)

#: Every limit by its key, in the order of the table.
TIME_LIMITS: Mapping[str, TimeLimit] = MappingProxyType({row.key: row for row in _ROWS})
