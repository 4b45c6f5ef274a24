"""Reports added up, cell by cell. Needs no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from gongkai.law.report_form import Tables, Value, cells


def added_up(parts: Iterable[Mapping[str, Any]]) -> Tables:
    """Cell by cell, from cells as they are or as JSON keeps them, without building tables of each: three thousand reports
    are a second's work. What is blank counts as nothing; a person has said that it is zero."""
    sums: dict[str, Value] = dict.fromkeys(cells(), 0)
    decimals = {address for address, cell in cells().items() if cell.decimal}
    for part in parts:
        for address, value in part.items():
            if value:
                number = Decimal(value) if address in decimals else int(value)
                sums[address] = (sums[address] or 0) + number
    return Tables({address: _plain(value) for address, value in sums.items()})


def _plain(value: Value) -> Value:
    """An amount without idle zeros."""
    if not isinstance(value, Decimal):
        return value
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
