"""Sums that people speak of and the form does not print: all of 不予公开, both ways to court; and the list of everything
that can be linked in the prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from gongkai.law.report_form import COLUMNS, LITIGATION, RESULTS, Form, cells, table_3_rows
from gongkai.law.texts import Text

#: The groups of table 3 that have numbered rows, by the first character of their official label.
GROUPS = {"（三）": "refused", "（四）": "unable", "（五）": "not_processed", "（六）": "otherwise"}


@dataclass(frozen=True, slots=True)
class Group:
    """A sum under a name of its own. ``cells``: the addresses that are added up."""

    name: str
    place: Text
    cells: tuple[str, ...]


@cache
def groups(form: Form = Form.F2021) -> Mapping[str, Group]:
    """Every group by its name, `t3.refused.total`."""
    found = [*_of_table_3(form), *_of_table_4()]
    return {group.name: group for group in found}


def _of_table_3(form: Form) -> list[Group]:
    found = []
    for mark, key in GROUPS.items():
        rows = [
            row for row in table_3_rows(form) if row.key != "total" and (row.group or row.label).zh.startswith(mark)
        ]
        label = (rows[0].group or rows[0].label) if rows else Text("", "")
        for column in COLUMNS:
            place = Text(f"第三部分表格「{label.zh}」合计的「{column.text.zh}」", f"{label.en}, sum: {column.text.en}")
            addresses = tuple(f"t3.{row.key}.{column.key}" for row in rows)
            found.append(Group(f"t3.{key}.{column.key}", place, addresses))
    return found


def _of_table_4() -> list[Group]:
    ways = ("litigation_direct", "litigation_after_reconsideration")
    return [
        Group(
            f"t4.litigation.{result.key}",
            Text(
                f"第四部分表格「{LITIGATION.zh}」合计的「{result.text.zh}」", f"{LITIGATION.en}, sum: {result.text.en}"
            ),
            tuple(f"t4.{way}.{result.key}" for way in ways),
        )
        for result in RESULTS
    ]


def cells_of(name: str, form: Form) -> tuple[str, ...]:
    """The cells that a name stands for: one, those of a group, or none where there is no such name."""
    if name in cells(form):
        return (name,)
    group = groups(form).get(name)
    return group.cells if group else ()


def place_of(name: str, form: Form = Form.F2021) -> Text:
    """What a name stands for, in words; the name itself where there is no such thing."""
    if name in cells(form):
        return cells(form)[name].place
    group = groups(form).get(name)
    return group.place if group else Text(name, name)
