"""Monthly figures as a spreadsheet: the sheet to fill in, what one that came back holds, and what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from gongkai.agencies.errors import Invalid
from gongkai.disclosure.actions.decision_counts import Figure, check_figure
from gongkai.disclosure.models import DecisionCount, DecisionKind
from gongkai.documents.errors import DocumentError
from gongkai.documents.reading import read_safely
from gongkai.documents.reading.normal import TableBlock
from gongkai.documents.spreadsheet import Cell, xlsx_portions
from gongkai.law.texts import Text

MONTHS = tuple(f"{month}月" for month in range(1, 13))
COLUMNS = ("部门", "类别", *MONTHS)
PROBLEM = "错误说明"
#: The kinds by their names in the sheet, whatever the language of the page.
KINDS = {
    "行政许可": DecisionKind.LICENCES,
    "行政处罚": DecisionKind.PENALTIES,
    "行政强制": DecisionKind.COERCION,
    "行政事业性收费": DecisionKind.CHARGES,
}
#: More lines than any agency has departments.
MOST_LINES = 5_000


@dataclass(frozen=True)
class Problem:
    """What is wrong in a line, and the line as it came."""

    line: int
    message: Text
    cells: Sequence[str]


@dataclass(frozen=True)
class Counts:
    """What a sheet holds."""

    figures: Sequence[Figure]
    problems: Sequence[Problem]


def blank_sheet(year: int, rows: Sequence[DecisionCount]) -> Iterator[bytes]:
    """The sheet to fill in (XLSX), with what stands already; a line for each department and kind."""
    departments = list(dict.fromkeys(row.department for row in rows)) or [""]
    at = {(row.department, row.kind, row.month): row.figure for row in rows}

    def line(department: str, named: str, kind: DecisionKind) -> list[Cell]:
        figures = [at.get((department, kind.value, month)) for month in range(1, 13)]
        return [department, named, *(None if one is None else str(one) for one in figures)]

    lines = [line(department, named, kind) for department in departments for named, kind in KINDS.items()]
    return xlsx_portions(f"{year}年", COLUMNS, lines)


def error_sheet(counts: Counts) -> Iterator[bytes]:
    """The lines that could not be taken, with what is wrong, to be mended and sent in again."""
    lines = [[*one.cells, one.message.zh] for one in counts.problems]
    return xlsx_portions("需要更正的行", (*COLUMNS, PROBLEM), lines)


def counts_in(data: bytes, name: str, year: int) -> Counts:
    """The figures of a workbook, every line looked at. Raises DocumentError for what is no such workbook."""
    grid = _grid(data, name)
    figures: dict[tuple[str, DecisionKind, int], Figure] = {}
    problems: list[Problem] = []
    for number, cells in grid:
        try:
            for one in _figures(cells, year):
                key = (one.department, one.kind, one.month)
                if key in figures:
                    text = Text(f"{one.department}的“{cells[1]}”重复出现。", f"{one.department} stands here twice.")
                    raise Invalid("department", text)
                figures[key] = one
        except Invalid as error:
            problems.append(Problem(number, error.message, cells))
    return Counts(list(figures.values()), problems)


class NotTheSheet(DocumentError):
    """A workbook without the columns."""

    def __init__(self) -> None:
        text = Text(
            "没有找到表头“部门、类别、1月…12月”。请使用下载的填报表。",
            "The head 部门, 类别, 1月 … 12月 was not found. Use the sheet that can be downloaded.",
        )
        super().__init__("not_the_sheet", text)


class TooManyLines(DocumentError):
    """More lines than are taken at once: said, for a line that was passed over would be missing from table 2."""

    def __init__(self, lines: int) -> None:
        text = Text(
            f"填报表有{lines}行，一次最多{MOST_LINES}行，没有导入。请分成几个文件。",
            f"The sheet has {lines} lines and no more than {MOST_LINES} are taken at once: nothing was imported.",
        )
        super().__init__("too_many_lines", text)


def _grid(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    """The filled lines under the head, with their numbers."""
    for block in read_safely(data, name).blocks:
        if not isinstance(block, TableBlock):
            continue
        rows = [[text.strip() for text in row] for row in block.grid]
        head = next((place for place, row in enumerate(rows) if tuple(row[: len(COLUMNS)]) == COLUMNS), None)
        if head is not None:
            width = len(COLUMNS)
            filled = [(place + 1, row[:width]) for place, row in enumerate(rows) if place > head and any(row[2:width])]
            if len(filled) > MOST_LINES:
                raise TooManyLines(len(filled))
            return filled
    raise NotTheSheet


def _figures(cells: Sequence[str], year: int) -> Iterator[Figure]:
    department, named, *months = cells
    if not department or len(department) > 100:
        raise Invalid("department", Text("请填写部门，不超过一百字。", "Name the department."))
    kind = KINDS.get(named)
    if kind is None:
        text = Text(f"类别应为：{'、'.join(KINDS)}。", f"The kind is one of {', '.join(KINDS)}.")
        raise Invalid("kind", text)
    for month, typed in enumerate(months, start=1):
        if typed:
            yield Figure(department, kind, month, _checked(kind, typed, year, month))


def _checked(kind: DecisionKind, text: str, year: int, month: int) -> int | Decimal:
    try:
        number = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation as error:
        raise Invalid("figure", Text(f"{month}月：“{text}”不是数字。", f"{text} is not a number.")) from error
    try:
        check_figure(kind, number, year, month)
    except Invalid as error:
        raise Invalid("figure", Text(f"{month}月：{error.message.zh}", f"{month}: {error.message.en}")) from error
    return number if kind == DecisionKind.CHARGES else int(number)
