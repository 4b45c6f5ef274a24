"""This year held against the year before: what was carried out is carried in (X-1), and the documents in force roll
forward (X-2). A difference may be right; then it is explained, and the explanation stays with the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.law.report_form import COLUMNS, Tables, cells
from gongkai.law.texts import Text

DOCUMENT_CLASSES = ("rules", "normative_documents")


@dataclass(frozen=True, slots=True)
class Break:
    """Where the years do not fit: the cell of this year, what last year lets expect, what stands there."""

    rule: str
    address: str
    expected: int | Decimal
    found: int | Decimal

    @property
    def told(self) -> Text:
        """What does not fit, for a person."""
        place = cells()[self.address].place
        if self.rule == "X-1":
            return Text(
                f"{place.zh}为{self.found}，上一年度报告同列的“结转下年度继续办理”为{self.expected}。",
                f"{place.en} says {self.found}; last year's report carried over {self.expected} in this column.",
            )
        return Text(
            f"{place.zh}为{self.found}，按上一年度现行有效数加本年制发、减本年废止应为{self.expected}。",
            f"{place.en} says {self.found}; last year's in force plus made minus repealed gives {self.expected}.",
        )


def breaks(before: Tables, tables: Tables) -> tuple[Break, ...]:
    """Where this year's tables do not follow from the year before; cells that are empty are not judged."""
    return (*_carried(before, tables), *_in_force(before, tables))


def _carried(before: Tables, tables: Tables) -> Iterator[Break]:
    for column in COLUMNS:
        expected, address = before[f"t3.carried_out.{column.key}"], f"t3.carried_in.{column.key}"
        found = tables[address]
        if expected is not None and found is not None and expected != found:
            yield Break("X-1", address, expected, found)


def _in_force(before: Tables, tables: Tables) -> Iterator[Break]:
    for row in DOCUMENT_CLASSES:
        address = f"t2.{row}.in_force"
        earlier, found = before.cells.get(address), tables[address]
        made, repealed = tables[f"t2.{row}.made"], tables[f"t2.{row}.repealed"]
        if earlier is None or found is None or made is None or repealed is None:
            continue
        if found != earlier + made - repealed:
            yield Break("X-2", address, earlier + made - repealed, found)
