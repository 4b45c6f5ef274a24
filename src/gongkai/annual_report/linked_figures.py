"""Figures in the prose that are printed from the cells: `{{ t3.received.total }}`. So text and table cannot part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.law.errors import LawError
from gongkai.law.report_form import Tables, Value
from gongkai.law.texts import Text

FIGURE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


class UnknownFigure(LawError):
    """A linked figure that names no cell of the form, or a cell that holds nothing."""


def addresses(text: str) -> Iterator[str]:
    """The cells that a text links to, in order, each as often as it stands there."""
    return (found[1] for found in FIGURE.finditer(text))


def filled(text: str, tables: Tables) -> str:
    """The text with its figures printed. Raises UnknownFigure."""
    return FIGURE.sub(lambda found: printed(figure(found[1], tables)), text)


def figure(address: str, tables: Tables) -> Value:
    """The value of the cell that a link names. Raises UnknownFigure."""
    value = tables.cells.get(address)
    if value is None:
        message = Text(
            f"文中引用的数据“{address}”不存在或没有数字。", f"The linked figure {address} does not exist or is empty."
        )
        raise UnknownFigure("unknown_figure", message, tables.form.article)
    return value


def printed(value: Value) -> str:
    """A number as the report prints it: digits without separators, an amount without idle zeros."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
