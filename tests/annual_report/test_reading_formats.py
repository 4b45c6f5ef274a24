"""The same tables, read from four kinds of file: the same grids, merged cells and all."""

from __future__ import annotations

from functools import cache

import pytest

from gongkai.annual_report.rendering import render_docx, render_html_document
from gongkai.annual_report.rendering.layout import layouts, place
from gongkai.documents.reading import read
from gongkai.documents.reading.normal import Cell
from gongkai.law.report_form import Form, Tables
from tests.annual_report.other_formats import as_pdf, as_workbook, text_of
from tests.annual_report.sample_reports import clean_tables

Cells = tuple[tuple[Cell, ...], ...]
FORMATS = {
    "docx": lambda tables: render_docx(tables, agency="江湾县水务局", year=2022),
    "html": lambda tables: render_html_document(tables, agency="江湾县水务局", year=2022).encode(),
    "pdf": as_pdf,
    "xlsx": as_workbook,
}


@cache
def tables_read(form: Form, kind: str) -> list[Cells]:
    return [table.cells for table in read(FORMATS[kind](clean_tables(form)), f"report.{kind}").tables]


def official(tables: Tables) -> list[Cells]:
    """What should be read, laid out by the form itself."""
    found = []
    for layout in layouts(tables.form):
        rows = [[Cell("")] * layout.width for _ in layout.rows]
        for one in place(layout.rows):
            spans = one.box.rowspan, one.box.colspan
            for row in range(one.row, one.row + spans[0]):
                for column in range(one.column, one.column + spans[1]):
                    origin = (row, column) == (one.row, one.column)
                    rows[row][column] = Cell(text_of(one, tables), origin, *spans)
        found.append(tuple(tuple(row) for row in rows))
    return found


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("form", list(Form))
def test_the_same_grid_from_every_kind_of_file(form: Form, kind: str) -> None:
    assert tables_read(form, kind) == official(clean_tables(form))


def test_heading_rows_are_known_where_the_file_marks_them() -> None:
    docx, html = (
        [table.heading_rows for table in read(FORMATS[kind](clean_tables(Form.F2021))).tables]
        for kind in ("docx", "html")
    )
    assert docx[1:] == html[1:] == [3, 3]
