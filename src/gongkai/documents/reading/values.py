"""The value of a spreadsheet's cell as it reads on the sheet."""

from __future__ import annotations

import datetime as dt
import re


def shown_value(value: object, number_format: str = "General") -> str:
    """Whole numbers without a point, days without a time; no thousands are set apart. Shares as the sheet shows them."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case dt.datetime():
            midnight = value.time() == dt.time()
            return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
        case dt.date() | dt.time():
            return value.isoformat()
        case int() | float():
            return _number(value, number_format)
    return str(value)


def _number(value: float, number_format: str) -> str:
    if "%" in number_format:
        places = re.search(r"\.(0+)%", number_format)
        return f"{value * 100:.{len(places[1]) if places else 0}f}%"
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return f"{value:.15g}"
