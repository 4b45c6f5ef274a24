"""The report as a workbook: one sheet a part, the official form with its merged heads, numbers as numbers."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.rendering.docx import BODY_FONT, HEADING_FONT, WIDTHS
from gongkai.annual_report.rendering.layout import Placed, TableLayout, place
from gongkai.annual_report.rendering.outline import PrintedPart, parts_of, subtitles, title
from gongkai.documents.word.packing import repacked
from gongkai.law.report_form import Tables

_CORE = "docProps/core.xml"
#: Excel takes no longer text into a cell, and no longer name for a sheet.
_LONGEST, _LONGEST_NAME = 32_767, 31
#: A column of so many characters is about a page of A4 wide, and holds so many Chinese ones in a line.
_PAGE, _IN_A_LINE = 90, 42
_LINE_POINTS = 18


def render_report_xlsx(content: ReportContent, *, published: dt.date | None = None) -> bytes:
    """The whole report. The same content gives the same bytes."""
    # Imported here: start-up must not pay for it.
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = title(content.agency, content.year).zh, content.agency
    above = [title(content.agency, content.year).zh, *(line.zh for line in subtitles(content, published))]
    for part in parts_of(content):
        _add_part(book, part, content.tables, above if part.number == 1 else [])
    made = BytesIO()
    book.save(made)
    return _without_the_time(made.getvalue(), published or dt.date(content.year + 1, 1, 1))


def _add_part(book: Any, part: PrintedPart, tables: Tables, above: list[str]) -> None:
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", part.heading.zh)[:_LONGEST_NAME])
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = sheet.PAPERSIZE_A4, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    width = part.table.width if part.table else 1
    _set_widths(sheet, part.table)
    lines = _Lines(sheet, width)
    for text in above:
        lines.write(text, HEADING_FONT, centred=True)
    lines.write(part.heading.zh, HEADING_FONT)
    if part.table is not None:
        _add_table(sheet, part.table, tables, lines.row)
        lines.row += len(part.table.rows)
    for words in part.words:
        lines.write(words.text, HEADING_FONT if words.heading else BODY_FONT)


def _set_widths(sheet: Any, layout: TableLayout | None) -> None:
    if layout is None:
        sheet.column_dimensions["A"].width = _PAGE
        return
    if layout.key == "t3":
        sheet.page_setup.orientation = "landscape"
    for number, width in enumerate(WIDTHS[layout.key], 1):
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = round(width * _PAGE / 140, 2)


class _Lines:
    """Writes line under line, each over the whole width of the sheet and as high as its text needs."""

    def __init__(self, sheet: Any, width: int) -> None:
        self.sheet = sheet
        self.width = width
        self.row = 1

    def write(self, text: str, font: str, *, centred: bool = False) -> None:
        """One text in the next row."""
        cell = self.sheet.cell(self.row, 1)
        _put(cell, text[:_LONGEST], font, centred=centred)
        if self.width > 1:
            self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=self.width)
        # Merged cells do not grow with their text by themselves; Excel knows no row higher than 409 points.
        self.sheet.row_dimensions[self.row].height = min(409, _LINE_POINTS * (1 + len(text) // _IN_A_LINE))
        self.row += 1


def _add_table(sheet: Any, layout: TableLayout, tables: Tables, first: int) -> None:
    for one in place(layout.rows):
        _add_box(sheet, one, tables, first)
        if (height := _height_of(one, WIDTHS[layout.key])) > _LINE_POINTS:
            row = sheet.row_dimensions[first + one.row]
            row.height = max(height, row.height or 0)


def _add_box(sheet: Any, one: Placed, tables: Tables, first: int) -> None:
    box, row, column = one.box, first + one.row, one.column + 1
    value = box.text.zh if box.text is not None else tables[box.address or ""]
    if box.rowspan > 1 or box.colspan > 1:
        end = {"end_row": row + box.rowspan - 1, "end_column": column + box.colspan - 1}
        sheet.merge_cells(start_row=row, start_column=column, **end)
    for cell in _covered(sheet, one, first):
        cell.border = _border()
    _put(sheet.cell(row, column), value, BODY_FONT, centred=box.text is None or box.side == "column")


def _height_of(one: Placed, widths: tuple[float, ...]) -> int:
    """What the heading of a row needs in points; a Chinese character is two of a column's width."""
    if one.box.text is None or one.box.rowspan > 1:
        return _LINE_POINTS
    room = sum(widths[one.column : one.column + one.box.colspan]) * _PAGE / 140 / 2
    return _LINE_POINTS * math.ceil(len(one.box.text.zh) / room)


def _covered(sheet: Any, one: Placed, first: int) -> Iterator[Any]:
    for row in range(first + one.row, first + one.row + one.box.rowspan):
        for column in range(one.column + 1, one.column + 1 + one.box.colspan):
            yield sheet.cell(row, column)


def _border() -> Any:
    from openpyxl.styles import Border, Side

    side = Side(style="thin")
    return Border(left=side, right=side, top=side, bottom=side)


def _put(cell: Any, value: str | int | Decimal | None, font: str, *, centred: bool) -> None:
    from openpyxl.styles import Alignment, Font

    cell.value = value
    if isinstance(value, str):
        # What begins with = is text here, never a formula.
        cell.data_type = "s"
    cell.font = Font(name=font, size=11)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if centred else "left")


def _without_the_time(data: bytes, day: dt.date) -> bytes:
    """The writer notes the moment of writing: replaced by the report's own day."""
    moment = f"{day.isoformat()}T00:00:00Z".encode()
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == _CORE:
                part = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?", moment, part)
            new.writestr(name, part)
    return repacked(made.getvalue())
