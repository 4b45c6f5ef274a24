"""The form of the annual report (年度报告格式) as data: tables, cells with stable addresses, identities.

Two forms: 国办公开办函〔2021〕30号 for report years from 2021, 〔2019〕60号 (试行) for 2019 and 2020.
One schema serves compiler, reader, auditor and renderer. Table 2 counts other things in each form: ``report_table_2``.
Parts: ``report_parts``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from gongkai.law.applicants import ApplicantKind
from gongkai.law.citations import Article
from gongkai.law.errors import LawError
from gongkai.law.outcomes import OUTCOMES, Outcome
from gongkai.law.report_parts import ASPECTS as ASPECTS
from gongkai.law.report_parts import PARTS as PARTS
from gongkai.law.report_parts import Aspect as Aspect
from gongkai.law.report_parts import Part as Part
from gongkai.law.report_table_2 import INFORMATION as INFORMATION
from gongkai.law.report_table_2 import TABLE_2 as TABLE_2
from gongkai.law.report_table_2 import TABLE_2_OF_2019 as TABLE_2_OF_2019
from gongkai.law.report_table_2 import Label as Label
from gongkai.law.report_table_2 import Table2Block as Table2Block
from gongkai.law.texts import Text

#: A cell: a count, an amount in 万元 (Decimal), or None where nothing is known.
Value = int | Decimal | None

FORM_2021 = Article("年度报告格式", None)
FORM_2019 = Article("年度报告格式2019", None)


class ReportFormError(LawError):
    """Cells, rows or values that the form does not have."""


class Form(StrEnum):
    """The two national forms."""

    F2019 = "2019"
    F2021 = "2021"

    @property
    def article(self) -> Article:
        """The notice that prescribes the form."""
        return FORM_2021 if self is Form.F2021 else FORM_2019


class ReportScope(StrEnum):
    """Which of its two reports: the agency's own, or the 汇总 of everybody under it (年度报告格式 [C])."""

    OWN = "own"
    WHOLE = "whole"


def form_for_year(year: int) -> Form | None:
    """The form that a report on ``year`` must use [C]; None before 2019, when there was no national form."""
    if year >= 2021:
        return Form.F2021
    return Form.F2019 if year >= 2019 else None


# --- Table 2 ------------------------------------------------------------------------------------------------

CHARGES = "t2.charges.amount"
_AMOUNTS = frozenset({CHARGES, "t2.procurement.amount"})


def table_2_blocks(form: Form = Form.F2021) -> tuple[Table2Block, ...]:
    """The blocks of table 2 in official order: four, in the form of 2019 five [C]."""
    return TABLE_2 if form is Form.F2021 else TABLE_2_OF_2019


# --- Table 3 ------------------------------------------------------------------------------------------------

TOTAL = Text("总计", "Total")
ORGANISATIONS = Text("法人或其他组织", "Legal persons or other organisations")
APPLICANTS = Text("申请人情况", "Applicants")
RESULTS_PART = Text("三、本年度办理结果", "III. Results of handling this year")
TABLE_3_CORNER = Text(
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    "(In each column: item I plus item II equals item III plus item IV)",
)

#: The seven numeric columns in official order.
COLUMNS: tuple[Label, ...] = (
    *(Label(kind.value, kind.label) for kind in ApplicantKind),
    Label("total", TOTAL),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of table 3. ``group`` is the label of its group, ``part`` 三、本年度办理结果 or None."""

    key: str
    label: Text
    group: Text | None = None
    part: Text | None = None

    @property
    def name(self) -> Text:
        """What a message calls the row: the group stands before a numbered row."""
        zh, en = self.label.zh.partition("（区分")[0], self.label.en.partition(" (where")[0]
        if self.group is None:
            return Text(zh, en)
        return Text(f"{self.group.zh}{zh}", f"{self.group.en}: {en}")


RECEIVED = Row("received", Text("一、本年新收政府信息公开申请数量", "I. Applications newly received this year"))
CARRIED_IN = Row("carried_in", Text("二、上年结转政府信息公开申请数量", "II. Applications carried over from last year"))
ROW_TOTAL = Row("total", Text("（七）总计", "(7) Total"), part=RESULTS_PART)
CARRIED_OUT = Row("carried_out", Text("四、结转下年度继续办理", "IV. Carried over to next year"))


def _outcome_row(outcome: Outcome) -> Row:
    rule = OUTCOMES[outcome]
    group = None if rule.group == rule.row else rule.group
    return Row(outcome.value, rule.row, group, RESULTS_PART)


_ROWS_2021 = (RECEIVED, CARRIED_IN, *(_outcome_row(outcome) for outcome in Outcome), ROW_TOTAL, CARRIED_OUT)
_NOT_IN_2019 = frozenset({Outcome.CORRECTION_LAPSED.value, Outcome.FEE_UNPAID.value})


def _row_of_2019(row: Row) -> Row:
    """〔2019〕60号 has one row （六）其他处理 where 〔2021〕30号 has three."""
    return Row(row.key, row.group, part=row.part) if row.key == "other" and row.group else row


_ROWS_2019 = tuple(_row_of_2019(row) for row in _ROWS_2021 if row.key not in _NOT_IN_2019)


def table_3_rows(form: Form = Form.F2021) -> tuple[Row, ...]:
    """The rows of table 3 in official order: 25, in the form of 2019 23 [C]."""
    return _ROWS_2021 if form is Form.F2021 else _ROWS_2019


# --- Table 4 ------------------------------------------------------------------------------------------------

RECONSIDERATION = Text("行政复议", "Administrative reconsideration")
LITIGATION = Text("行政诉讼", "Administrative litigation")
TABLE_4_GROUPS: tuple[Label, ...] = (
    Label("reconsideration", RECONSIDERATION),
    Label("litigation_direct", Text("未经复议直接起诉", "Direct action without reconsideration")),
    Label("litigation_after_reconsideration", Text("复议后起诉", "Action after reconsideration")),
)
RESULTS: tuple[Label, ...] = (
    Label("upheld", Text("结果维持", "Upheld")),
    Label("corrected", Text("结果纠正", "Corrected")),
    Label("other", Text("其他结果", "Other result")),
    Label("pending", Text("尚未审结", "Pending")),
    Label("total", TOTAL),
)

# --- Cells --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its address and the place a message names. ``decimal``: an amount in 万元, not a count; ``signed``: it tells
    by how many more or fewer."""

    address: str
    place: Text
    decimal: bool = False
    signed: bool = False


def _place(part: str, row: Text, column: Text) -> Text:
    number = {"二": 2, "三": 3, "四": 4}[part]
    return Text(
        f"第{part}部分表格「{row.zh}」的「{column.zh}」",
        f'table of part {number}, "{row.en}", column "{column.en}"',
    )


def _table_2_cells(form: Form) -> Iterator[Cell]:
    for block in table_2_blocks(form):
        for row in block.rows:
            for column in block.columns:
                address = f"t2.{row.key}.{column.key}"
                place = _place("二", row.text, column.text)
                yield Cell(address, place, decimal=address in _AMOUNTS, signed=column.key == "change")


def _table_3_cells(form: Form) -> Iterator[Cell]:
    for row in table_3_rows(form):
        for column in COLUMNS:
            yield Cell(f"t3.{row.key}.{column.key}", _place("三", row.name, column.text))


def _table_4_cells() -> Iterator[Cell]:
    for group in TABLE_4_GROUPS:
        for result in RESULTS:
            yield Cell(f"t4.{group.key}.{result.key}", _place("四", group.text, result.text))


@cache
def cells(form: Form = Form.F2021) -> Mapping[str, Cell]:
    """Every cell of ``form`` by address, in official order: 200 in the form of 2021, 198 in that of 2019."""
    every = (*_table_2_cells(form), *_table_3_cells(form), *_table_4_cells())
    return MappingProxyType({cell.address: cell for cell in every})


# --- The three tables as a value ----------------------------------------------------------------------------


def _checked(address: str, value: object) -> Value:
    """``value`` if a cell can hold it: a whole number, a finite Decimal or None (floats lose 分)."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, Decimal) and value.is_finite():
        return value
    raise ReportFormError(
        "bad_value",
        Text(f"单元格 {address} 不是数字：{value!r}", f"cell {address} is not a number: {value!r}"),
    )


@dataclass(frozen=True)
class Tables:
    """Tables 2, 3 and 4 of one report; cells not given are None. An unknown cell raises ReportFormError."""

    cells: Mapping[str, Value]
    form: Form = Form.F2021

    def __post_init__(self) -> None:
        known = cells(self.form)
        for address in self.cells:
            if address not in known:
                raise ReportFormError(
                    "unknown_cell",
                    Text(f"格式中没有单元格 {address}", f"the form has no cell {address}"),
                    self.form.article,
                )
        every = {address: _checked(address, self.cells.get(address)) for address in known}
        object.__setattr__(self, "cells", MappingProxyType(every))

    def __getitem__(self, address: str) -> Value:
        return self.cells[address]

    def __hash__(self) -> int:
        return hash((self.form, tuple(self.cells.values())))

    def __reduce__(self) -> tuple[type[Tables], tuple[dict[str, Value], Form]]:
        return Tables, (dict(self.cells), self.form)

    @property
    def missing(self) -> tuple[str, ...]:
        """Addresses of the cells that hold nothing."""
        return tuple(address for address, value in self.cells.items() if value is None)

    def row(self, key: str) -> tuple[Value, ...]:
        """A row of table 3: six kinds of applicant and 总计."""
        return tuple(self.cells[f"t3.{key}.{column.key}"] for column in COLUMNS)

    def table_4(self) -> tuple[Value, ...]:
        """The fifteen numbers of table 4 in official order."""
        return tuple(self.cells[f"t4.{group.key}.{result.key}"] for group in TABLE_4_GROUPS for result in RESULTS)

    def with_cells(self, changed: Mapping[str, Value]) -> Tables:
        """The same tables with some cells changed."""
        return Tables({**self.cells, **changed}, self.form)

    def sum_of(self, addresses: Sequence[str]) -> int | Decimal | None:
        """The sum of some cells; None if one of them holds nothing."""
        values = [self.cells[address] for address in addresses]
        known = [value for value in values if value is not None]
        return sum(known) if len(known) == len(values) else None

    def to_json(self) -> dict[str, object]:
        """``{"t2": {address: n}, "t3": {row: [7]}, "t4": [15]}``; amounts become numbers, nothing null."""
        table_2 = [address for address in self.cells if address.startswith("t2.")]
        return {
            "t2": {address: _json_number(self.cells[address]) for address in table_2},
            "t3": {row.key: [_json_number(v) for v in self.row(row.key)] for row in table_3_rows(self.form)},
            "t4": [_json_number(value) for value in self.table_4()],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object], form: Form = Form.F2021) -> Tables:
        """The tables that ``to_json`` wrote. Raises ReportFormError for another shape, row or value."""
        found: dict[str, Value] = {}
        for address, value in _mapping(data.get("t2", {}), "t2").items():
            found[address] = _from_json_number(address, value)
        for key, row in _mapping(data.get("t3", {}), "t3").items():
            found |= _numbered(row, [f"t3.{key}.{column.key}" for column in COLUMNS], f"t3.{key}")
        if "t4" in data:
            found |= _numbered(data["t4"], [a for a in cells(form) if a.startswith("t4.")], "t4")
        return cls(found, form)


def _json_number(value: Value) -> int | float | None:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _from_json_number(address: str, value: object) -> Value:
    # repr of a float is the shortest text that reads back, so 2766.7879 stays 2766.7879.
    return _checked(address, Decimal(repr(value)) if isinstance(value, float) else value)


def _bad_shape(where: str, expected: str) -> ReportFormError:
    return ReportFormError("bad_shape", Text(f"{where} 应为{expected}", f"{where} is not of the shape of the form"))


def _mapping(data: object, where: str) -> Mapping[str, object]:
    if not isinstance(data, Mapping):
        raise _bad_shape(where, "对象")
    return data


def _numbered(values: object, addresses: Sequence[str], where: str) -> dict[str, Value]:
    if not isinstance(values, Sequence) or isinstance(values, str) or len(values) != len(addresses):
        raise _bad_shape(where, f" {len(addresses)} 个数字的列表")
    return {a: _from_json_number(a, value) for a, value in zip(addresses, values, strict=True)}


# --- Identities (勾稽关系) ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Identity:
    """Two sums of cells that must be equal: ``rule`` is T3-1 …, ``key`` names the one instance."""

    rule: str
    key: str
    where: Text
    left: tuple[str, ...]
    right: tuple[str, ...]
    explanation: Text


@dataclass(frozen=True, slots=True)
class BrokenIdentity:
    """An identity that does not hold, with both sums."""

    identity: Identity
    left: int | Decimal
    right: int | Decimal


_ROW_SUM = Text(
    "每一行的总计等于自然人与五类组织之和", "in each row the total is the sum of the six kinds of applicant"
)
_COLUMN_SUM = Text("每一列的（七）总计等于各项办理结果之和", "in each column (7) Total is the sum of all results")
_BALANCE = Text(
    "每一列的第一项加第二项之和，等于第三项（七）总计加第四项之和",
    "in each column items I plus II equal item III (7) plus item IV",
)
_DISPUTE_SUM = Text("总计等于四种结果之和", "the total is the sum of the four results")


def _row_identity(row: Row) -> Identity:
    *kinds, total = (f"t3.{row.key}.{column.key}" for column in COLUMNS)
    where = Text(f"第三部分表格「{row.name.zh}」行", f'table of part 3, row "{row.name.en}"')
    return Identity("T3-1", f"T3-1:{row.key}", where, (total,), tuple(kinds), _ROW_SUM)


def _column_identities(column: Label, form: Form) -> Iterator[Identity]:
    where = Text(f"第三部分表格「{column.text.zh}」列", f'table of part 3, column "{column.text.en}"')

    def at(*keys: str) -> tuple[str, ...]:
        return tuple(f"t3.{key}.{column.key}" for key in keys)

    leaves = [row.key for row in table_3_rows(form) if row.part and row is not ROW_TOTAL]
    yield Identity("T3-2", f"T3-2:{column.key}", where, at("total"), at(*leaves), _COLUMN_SUM)
    yield Identity(
        "T3-3",
        f"T3-3:{column.key}",
        where,
        at("received", "carried_in"),
        at("total", "carried_out"),
        _BALANCE,
    )


def _dispute_identity(group: Label) -> Identity:
    *parts, total = (f"t4.{group.key}.{result.key}" for result in RESULTS)
    where = Text(f"第四部分表格「{group.text.zh}」", f'table of part 4, "{group.text.en}"')
    return Identity("T4-1", f"T4-1:{group.key}", where, (total,), tuple(parts), _DISPUTE_SUM)


@cache
def identities(form: Form = Form.F2021) -> tuple[Identity, ...]:
    """All identities: T3-3 is printed in the form [C], the others follow from its structure [I]."""
    columns = [identity for column in COLUMNS for identity in _column_identities(column, form)]
    in_columns = sorted(columns, key=lambda identity: identity.rule)
    rows = (_row_identity(row) for row in table_3_rows(form))
    return (*rows, *in_columns, *(_dispute_identity(group) for group in TABLE_4_GROUPS))


def broken_identities(tables: Tables) -> tuple[BrokenIdentity, ...]:
    """The identities that ``tables`` break; one with an empty cell cannot be judged and is left out."""
    broken = []
    for identity in identities(tables.form):
        left, right = tables.sum_of(identity.left), tables.sum_of(identity.right)
        if left is not None and right is not None and left != right:
            broken.append(BrokenIdentity(identity, left, right))
    return tuple(broken)


def derive_totals(tables: Tables) -> Tables:
    """``tables`` with every 总计 (rows, columns, table 4) summed anew; with an empty part it becomes None.

    四、结转下年度 is a count of its own, not derived: otherwise the printed identity would prove nothing.
    """
    by_rule = {rule: [i for i in identities(tables.form) if i.rule == rule] for rule in ("T3-2", "T3-1", "T4-1")}
    for rule in ("T3-2", "T3-1", "T4-1"):
        tables = tables.with_cells({i.left[0]: tables.sum_of(i.right) for i in by_rule[rule]})
    return tables
