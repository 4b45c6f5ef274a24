"""The tables of a report as PDF and as a workbook, in the official layout: the room itself does not write these yet."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from gongkai.annual_report.rendering.docx import WIDTHS
from gongkai.annual_report.rendering.layout import Placed, TableLayout, layouts, place, printed
from gongkai.documents.fonts import BUNDLED
from gongkai.law.report_form import Tables


def text_of(one: Placed, tables: Tables) -> str:
    return one.box.text.zh if one.box.text is not None else printed(tables[one.box.address or ""])


def as_pdf(tables: Tables, *, ruled: bool = True) -> bytes:
    """A table a page, ruled or not, long labels wrapped."""
    pdfmetrics.registerFont(TTFont("Song", BUNDLED / "NotoSerifSC-Regular.ttf"))
    style = ParagraphStyle("cell", fontName="Song", fontSize=8, leading=10, wordWrap="CJK")
    story: list[Any] = []
    for layout in layouts(tables.form):
        story += [Paragraph(layout.heading.zh, style), _table(layout, tables, style, ruled), PageBreak()]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, leftMargin=20 * mm, rightMargin=20 * mm, invariant=1).build(story)
    return out.getvalue()


def _table(layout: TableLayout, tables: Tables, style: ParagraphStyle, ruled: bool) -> Table:
    rows: list[list[Any]] = [[""] * layout.width for _ in layout.rows]
    looks: list[tuple[Any, ...]] = [("LEFTPADDING", (0, 0), (-1, -1), 1)]
    if ruled:
        looks.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    for one in place(layout.rows):
        rows[one.row][one.column] = Paragraph(text_of(one, tables), style)
        end = (one.column + one.box.colspan - 1, one.row + one.box.rowspan - 1)
        looks.append(("SPAN", (one.column, one.row), end))
    return Table(rows, [width * mm for width in WIDTHS[layout.key]], style=looks)


def as_workbook(tables: Tables) -> bytes:
    """A table a sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for layout in layouts(tables.form):
        sheet = book.create_sheet(layout.key)
        for one in place(layout.rows):
            text = text_of(one, tables)
            where = {"row": one.row + 1, "column": one.column + 1}
            sheet.cell(**where, value=int(text) if text.isdecimal() else text)
            if one.box.rowspan * one.box.colspan > 1:
                sheet.merge_cells(
                    start_row=one.row + 1, start_column=one.column + 1,
                    end_row=one.row + one.box.rowspan, end_column=one.column + one.box.colspan,
                )  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
