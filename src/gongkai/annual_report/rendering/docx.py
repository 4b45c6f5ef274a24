"""The report as a Word document, whole or its tables alone, in the official form: merged cells, A4, 仿宋_GB2312."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.rendering.layout import Placed, TableLayout, layouts, place, printed
from gongkai.annual_report.rendering.outline import Words, parts_of, subtitles, title
from gongkai.documents.word.packing import repacked
from gongkai.law.report_form import Tables

BODY_FONT = "仿宋_GB2312"
HEADING_FONT = "黑体"
ASPECT_FONT = "楷体_GB2312"
TITLE_FONT = "方正小标宋简体"

#: Column widths in millimetres; each table fills the 170 mm between the margins of an A4 page.
WIDTHS: dict[str, tuple[float, ...]] = {
    "t2": (50, 40, 40, 40),
    "t3": (13, 19, 47, 13, 13, 13, 13, 13, 13, 13),
    "t4": (170 / 15,) * 15,
}
_MARGIN_MM = 20
TABLE_POINTS = {"t2": 10.5, "t3": 9, "t4": 9}


def render_docx(tables: Tables, *, agency: str, year: int) -> bytes:
    """Title, headings of parts two, three and four, and their tables. Always Chinese, as the form is."""
    document = _opened(agency, year)
    for layout in layouts(tables.form):
        _add_heading(document, layout.heading.zh)
        _add_table(document, layout, tables)
    return _saved(document)


def render_report_docx(content: ReportContent, *, published: dt.date | None = None) -> bytes:
    """The whole report: what stands under the title, six parts, their tables and words. The same content gives the same
    bytes."""
    document = _opened(content.agency, content.year)
    for line in subtitles(content, published):
        _write(document.add_paragraph(), line.zh, BODY_FONT, 14, centred=True)
    for part in parts_of(content):
        _add_heading(document, part.heading.zh)
        if part.table is not None:
            _add_table(document, part.table, content.tables)
        for words in part.words:
            _add_words(document, words)
    return _saved(document)


def _opened(agency: str, year: int) -> Any:
    # Imported here: start-up must not pay for it.
    from docx import Document

    document = Document()
    _set_page(document)
    _set_properties(document, agency, year)
    _write(document.add_paragraph(), title(agency, year).zh, TITLE_FONT, 22, centred=True)
    return document


def _saved(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())


def _add_heading(document: Any, text: str) -> None:
    heading = document.add_paragraph()
    heading.paragraph_format.keep_with_next = True
    heading.style = document.styles["Heading 1"]
    _write(heading, text, HEADING_FONT, 16)


def _add_words(document: Any, words: Words) -> None:
    """A paragraph with two characters of room before its first line, or the heading of an aspect."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    if words.heading:
        paragraph.style = document.styles["Heading 2"]
        paragraph.paragraph_format.keep_with_next = True
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.space_before = Pt(0)
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.paragraph_format.line_spacing = Pt(28)
    _write(paragraph, words.text, ASPECT_FONT if words.heading else BODY_FONT, 16)


def _set_page(document: Any) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(25)


def _set_properties(document: Any, agency: str, year: int) -> None:
    """Replaces what the template of the library says, dates included: the same tables give the same file."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    properties = document.core_properties
    properties.title, properties.author = title(agency, year).zh, agency
    properties.comments, properties.language = "", "zh-CN"
    properties.created = properties.modified = dt.datetime(year + 1, 1, 1)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = BODY_FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FONT)


def _write(paragraph: Any, text: str, font: str, points: float, *, centred: bool = False) -> None:
    """One run of ``text``; the East Asian font is set apart, Word ignores ``font.name`` for Chinese."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(points)
    run.font.color.rgb = RGBColor(0, 0, 0)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    paragraph.paragraph_format.space_after = Pt(0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _add_table(document: Any, layout: TableLayout, tables: Tables) -> None:
    placed = place(layout.rows)
    table = document.add_table(rows=len(layout.rows), cols=layout.width)
    table.style = document.styles["Table Grid"]
    table.autofit = False
    grid = [list(row.cells) for row in table.rows]
    _set_widths(table, grid, WIDTHS[layout.key])
    _set_cell_margins(table)
    _mark_rows(table, layout)
    for one in placed:
        _fill(_merge(grid, one), one, layout, tables)


def _set_widths(table: Any, grid: Sequence[Sequence[Any]], widths: Sequence[float]) -> None:
    # Word reads the grid, LibreOffice and WPS the cells: both are set.
    from docx.shared import Mm

    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in grid:
        for cell, width in zip(row, widths, strict=True):
            cell.width = Mm(width)


def _set_cell_margins(table: Any) -> None:
    """Half a millimetre at the sides: 社会公益组织 must fit a column of 13 mm."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "28")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    # The schema wants tblCellMar before tblLook.
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def _mark_rows(table: Any, layout: TableLayout) -> None:
    """Heading rows repeat on each page (Word heeds it only at a table's top), but where they say nothing about the blocks
    further down; no row is cut in two."""
    from docx.oxml import OxmlElement

    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if len(layout.blocks) == 1 and number < len(layout.blocks[0].heading):
            properties.append(OxmlElement("w:tblHeader"))


def _merge(grid: Sequence[Sequence[Any]], one: Placed) -> Any:
    first = grid[one.row][one.column]
    if one.box.rowspan == one.box.colspan == 1:
        return first
    return first.merge(grid[one.row + one.box.rowspan - 1][one.column + one.box.colspan - 1])


def _fill(cell: Any, one: Placed, layout: TableLayout, tables: Tables) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

    box = one.box
    text = box.text.zh if box.text is not None else printed(tables[box.address or ""])
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    centred = box.text is None or box.side == "column"
    _write(cell.paragraphs[0], text, BODY_FONT, TABLE_POINTS[layout.key], centred=centred)
    # Each table is less than a page: kept whole.
    cell.paragraphs[0].paragraph_format.keep_with_next = one.row + box.rowspan < len(layout.rows)
