"""The rows that could not be taken over, to be mended and imported again: as they were, with what is wrong beside them.

Every cell is a text, and marked as one: what begins with = + - @ is never read as a formula (CWE-1236).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.applications.ledger_import.columns import shown_as
from gongkai.applications.ledger_import.errors import Problem
from gongkai.applications.ledger_import.examination import Examination
from gongkai.applications.ledger_import.sheets import Line

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPLANATION, ORIGINAL_LINE = "错误说明", "原行号"
_WIDTHS = {EXPLANATION: 60, ORIGINAL_LINE: 8}
#: What Excel allows in one cell.
_LONGEST = 32_767


def error_sheet(found: Examination) -> bytes:
    """The workbook (XLSX). Its columns have the file's own names, so that it can be imported as it is."""
    from openpyxl import Workbook  # imported where used: most processes never write a workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("需要更正的行")
    names = {column.place: column.name for column in found.layout.columns}
    width = max([*names, -1]) + 1
    titles = [names.get(place, "") for place in range(width)] + [EXPLANATION, ORIGINAL_LINE]
    for place, title in enumerate(titles, start=1):
        sheet.column_dimensions[_letter(place)].width = _WIDTHS.get(title, 16)
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, title, head=True) for title in titles])
    by_line: dict[int, list[Problem]] = {}
    for problem in found.problems:
        by_line.setdefault(problem.line, []).append(problem)
    for line in found.bad:
        sheet.append(_row(sheet, line, by_line[line.number], width, names))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place))


def _row(sheet: Any, line: Line, problems: Sequence[Problem], width: int, names: Mapping[int, str]) -> list[Any]:
    cells = [_cell(sheet, shown_as(line.at(place))) for place in range(width)]
    for problem in problems:
        if problem.place is not None:
            _fault(cells[problem.place], problem.message.zh)
    told = "\n".join(_told(problem, names) for problem in problems)
    return [*cells, _cell(sheet, told), _cell(sheet, str(line.number))]


def _told(problem: Problem, names: Mapping[int, str]) -> str:
    name = names.get(problem.place) if problem.place is not None else None
    return f"{name}：{problem.message.zh}" if name else problem.message.zh


def _cell(sheet: Any, text: str, *, head: bool = False) -> Any:
    """A cell of text, also where the text looks like a formula or a number."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet)
    kept = "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= 32)[:_LONGEST]
    if kept:
        cell._value = kept  # not by `value`, which would take „=…“ for a formula
        cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = True
    if head:
        cell.font = Font(bold=True)
    return cell


def _fault(cell: Any, message: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", fgColor="FFFFC7CE")
    earlier = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(f"{earlier}{message}", "Gongkai")
