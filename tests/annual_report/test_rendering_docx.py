"""The tables as a Word document: read back exactly, in the official form."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from gongkai.annual_report.rendering import render_docx
from gongkai.annual_report.rendering.docx import WIDTHS
from gongkai.annual_report.rendering.layout import layouts, place
from gongkai.law.report_form import Form, Tables, cells
from tests.annual_report.sample_reports import clean_tables

NUMBERED = Tables({address: number for number, address in enumerate(cells(), 100)})


@cache
def opened(tables: Tables) -> Any:
    return Document(BytesIO(render_docx(tables, agency="江湾县水务局", year=2022)))


def read_back(document: Any, form: Form = Form.F2021) -> dict[str, str]:
    """Each cell's text at the place the official layout gives it."""
    found = {}
    for layout, table in zip(layouts(form), document.tables, strict=True):
        # table.cell() lays the whole grid out anew for each cell.
        grid = table._cells
        for one in place(layout.rows):
            text = grid[one.row * layout.width + one.column].text
            if one.box.address is not None:
                found[one.box.address] = text
            else:
                assert one.box.text is not None
                assert text == one.box.text.zh
    return found


@pytest.mark.parametrize("form", list(Form))
def test_every_cell_and_label_reads_back(form: Form) -> None:
    tables = clean_tables(form)
    assert read_back(opened(tables), form) == {address: str(value) for address, value in tables.cells.items()}


def test_amounts_are_exact_and_empty_cells_empty() -> None:
    found = read_back(opened(Tables({"t2.charges.amount": Decimal("4166.241619")})))
    assert found.pop("t2.charges.amount") == "4166.241619"
    assert set(found.values()) == {""}


def test_merged_cells_as_in_the_form() -> None:
    table_2, table_3, table_4 = opened(NUMBERED).tables
    for row in range(3):
        assert table_3.cell(row, 2)._tc is table_3.cell(0, 0)._tc
    assert table_3.cell(5, 0)._tc is table_3.cell(26, 0)._tc
    assert table_3.cell(5, 0).text == "三、本年度办理结果"
    assert table_3.cell(7, 1)._tc is table_3.cell(14, 1)._tc
    assert table_3.cell(0, 3)._tc is table_3.cell(0, 9)._tc
    assert table_2.cell(0, 0)._tc is table_2.cell(0, 3)._tc
    assert table_4.cell(0, 5)._tc is table_4.cell(0, 14)._tc


def test_a4_with_widths_that_fit_between_the_margins() -> None:
    document = opened(NUMBERED)
    section = document.sections[0]
    # Word keeps twentieths of a point.
    assert abs(section.page_width - Mm(210)) < 700
    assert abs(section.page_height - Mm(297)) < 700
    room = section.page_width - section.left_margin - section.right_margin
    for layout, table in zip(layouts(), document.tables, strict=True):
        assert sum(WIDTHS[layout.key]) <= 170.001
        assert sum(column.width for column in table.columns) <= room + layout.width * 700
        assert len(table.columns) == layout.width


def test_fonts_of_the_form_on_east_asian_text() -> None:
    document = opened(NUMBERED)
    runs = [run for table in document.tables for run in table.cell(3, 0).paragraphs[0].runs]
    assert {run._element.rPr.rFonts.get(qn("w:eastAsia")) for run in runs} == {"仿宋_GB2312"}
    heads = [p.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) for p in document.paragraphs if p.runs]
    assert heads == ["方正小标宋简体", "黑体", "黑体", "黑体"]


def test_title_and_official_headings() -> None:
    texts = [paragraph.text for paragraph in opened(NUMBERED).paragraphs if paragraph.text]
    assert texts == [
        "江湾县水务局2022年政府信息公开工作年度报告",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ]


def test_heading_rows_repeat_and_no_row_is_cut() -> None:
    table = opened(NUMBERED).tables[1]
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated == [True] * 3 + [False] * 25
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_tables_have_borders() -> None:
    assert {table.style.name for table in opened(NUMBERED).tables} == {"Table Grid"}


def test_properties_name_the_report_not_the_library() -> None:
    properties = opened(NUMBERED).core_properties
    assert properties.author == "江湾县水务局"
    assert properties.title == "江湾县水务局2022年政府信息公开工作年度报告"
    assert "python" not in (properties.comments or "")
