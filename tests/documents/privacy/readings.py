"""Readings made by hand, and what the scan says of them in short."""

from __future__ import annotations

from typing import Any

from gongkai.documents.privacy import Finding, scan
from gongkai.documents.reading.normal import Aside, Cell, Place, Reading, TableBlock, TextBlock

#: Made up; the check digits hold.
ID, OTHER_ID = "11010519491231002X", "440524188001010014"
CARD = "6222021001122334458"
MOBILE = "13812345678"


def lines(*texts: str, **more: Any) -> Reading:
    blocks = tuple(TextBlock(text, place=Place(line=number)) for number, text in enumerate(texts, 1))
    return Reading("application/x-made", blocks, **more)


def table(*rows: list[str], **more: Any) -> Reading:
    cells = tuple(tuple(Cell(text) for text in row) for row in rows)
    return Reading("application/x-made", (TableBlock(cells, Place(table=1)),), **more)


def beside(*asides: Aside) -> Reading:
    return Reading("application/x-made", (), asides)


def told(reading: Reading, **options: Any) -> list[tuple[str, str, str]]:
    """Rule, severity and sample of everything found."""
    return [(each.rule, each.severity.value, each.sample) for each in scan(reading, **options)]


def rules(*texts: str, **options: Any) -> list[str]:
    return [each.rule for each in scan(lines(*texts), **options)]


def only(reading: Reading, rule: str) -> list[Finding]:
    return [each for each in scan(reading) if each.rule == rule]
