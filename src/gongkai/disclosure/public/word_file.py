"""The paper of an item as a Word document. The same paper gives the same bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from gongkai.disclosure.public.paper import Block, Cell, Paper, Picture, Run, Table, Words
from gongkai.documents.word.packing import repacked

BODY, TITLE, HEADING, SUBHEADING = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
_FONTS = {0: BODY, 2: HEADING, 3: SUBHEADING, 4: BODY}
_WIDTH_MM = 156
_POINTS, _SMALL = 16, 10.5
_ALIGN = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def word_file(paper: Paper) -> bytes:
    """Title, metadata, text, names of the files, digest of the content."""
    document = Document()
    _set_up(document, paper)
    _write(document.add_paragraph(), [Run(paper.title)], TITLE, 22, align="center")
    if paper.note:
        _write(document.add_paragraph(), [Run(paper.note)], SUBHEADING, _POINTS, align="center")
    _grid(
        document,
        [(Cell((Words((Run(label),)),), head=True), Cell((Words((Run(said),)),))) for label, said in paper.told],
        2,
    )
    for block in paper.blocks:
        _add(document, block, paper)
    for place, name in enumerate(paper.files, 1):
        _write(document.add_paragraph(), [Run(f"附件{place}：{name}")], BODY, _POINTS)
    _write(document.add_paragraph(), [Run(f"内容校验码（SHA-256）：{paper.digest}")], BODY, 9)
    made = BytesIO()
    document.save(made)
    return repacked(made.getvalue())


def _set_up(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.title[:255], paper.agency[:255], "zh-CN"
    properties.comments, properties.subject = "", paper.digest
    properties.created = properties.modified = dt.datetime(*paper.day)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = BODY, Pt(_POINTS)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)


def _add(document: Any, block: Block, paper: Paper) -> None:
    match block:
        case Words():
            _words(document, block)
        case Table(rows, width, caption):
            if caption:
                _write(document.add_paragraph(), [Run(caption)], HEADING, 14, align="center")
            _grid(document, rows, width)
        case Picture(digest, words):
            if data := paper.pictures.get(digest):
                _picture(document, data, words)


def _words(document: Any, words: Words) -> None:
    paragraph = document.add_paragraph()
    if words.level:
        paragraph.style = document.styles[f"Heading {words.level - 1}"]
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(6)
    runs = [Run(f"{words.marker} "), *words.runs] if words.marker else words.runs
    if not words.align:
        paragraph.paragraph_format.first_line_indent = Pt(0 if words.depth > 1 else 2 * _POINTS)
        paragraph.paragraph_format.left_indent = Pt(2 * _POINTS * max(words.depth - 1, 0))
    _write(paragraph, runs, _FONTS[words.level], _POINTS, align=words.align)


def _write(paragraph: Any, runs: Iterable[Run], font: str, points: float, *, align: str = "") -> None:
    for run in runs:
        for place, line in enumerate(run.text.split("\n")):
            made = paragraph.add_run()
            if place:
                made.add_break()
            made.add_text(line)
            _mark(made, run, font, points)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(points * 1.75)
    if align in _ALIGN:
        paragraph.alignment = _ALIGN[align]


def _mark(made: Any, run: Run, font: str, points: float) -> None:
    made.font.name, made.font.size, made.font.color.rgb = font, Pt(points), RGBColor(0, 0, 0)
    made._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    made.font.bold, made.font.italic = "bold" in run.marks, "italic" in run.marks
    made.font.underline = "under" in run.marks
    made.font.superscript = "sup" in run.marks or None
    made.font.subscript = "sub" in run.marks or None


def _grid(document: Any, rows: Iterable[tuple[Cell, ...]], width: int) -> None:
    listed = [*rows]
    if not listed:
        return
    table = document.add_table(rows=len(listed), cols=width)
    table.style = document.styles["Table Grid"]
    grid = [list(row.cells) for row in table.rows]
    for row, column, cell in placed(listed, width):
        last = grid[min(row + cell.rows, len(listed)) - 1][min(column + cell.columns, width) - 1]
        one = grid[row][column].merge(last) if last is not grid[row][column] else last
        for place, words in enumerate(cell.lines):
            paragraph = one.paragraphs[0] if place == 0 else one.add_paragraph()
            _write(paragraph, words.runs, HEADING if cell.head else BODY, _SMALL, align=words.align)
    # A line between two tables, which Word would make one.
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def placed(rows: list[tuple[Cell, ...]], width: int) -> Iterable[tuple[int, int, Cell]]:
    """Each cell with the place of its upper left corner, as a browser puts it; what finds no room is left out."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            if column >= width:
                break
            spots = {
                (number + down, column + right)
                for down in range(min(cell.rows, len(rows) - number))
                for right in range(min(cell.columns, width - column))
            }
            if spots & taken:
                cell, spots = Cell(cell.lines, head=cell.head), {(number, column)}
            taken |= spots
            yield number, column, cell


def _picture(document: Any, data: bytes, words: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = paragraph.add_run().add_picture(BytesIO(data))
    if shape.width > Mm(_WIDTH_MM):
        shape.height, shape.width = int(shape.height * Mm(_WIDTH_MM) / shape.width), Mm(_WIDTH_MM)
    shape._inline.docPr.set("descr", words)
