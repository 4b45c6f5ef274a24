"""The tables of letters and sheets in WordprocessingML: fixed widths, so that every program sets them alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml.etree import _Element

from gongkai.documents.fonts import FontRole
from gongkai.documents.letter import FormBlock, FormCell
from gongkai.documents.word.xml import Attributes, Ink, Shape, mm, node, paragraph, pt, run, value

WIDTH = mm(156)
_PAIR = (mm(38), WIDTH - mm(38))
_FORM = (mm(29), WIDTH // 2 - mm(29), mm(29), WIDTH - WIDTH // 2 - mm(29))


def pair_table(rows: Sequence[tuple[str, str]]) -> _Element:
    """Labels with their values."""
    label, told = _PAIR
    return _table(
        _PAIR, 3, (_row(_cell(label, [_label(name, 14)]), _cell(told, [_line(words, 14)])) for name, words in rows)
    )


def form_table(forms: Sequence[FormBlock]) -> _Element:
    """The rows of a sheet, its headings over the whole width."""
    return _table(_FORM, 5, (row for form in forms for row in _form_rows(form)))


def _form_rows(form: FormBlock) -> Iterator[_Element]:
    if form.heading:
        yield _row(_cell(WIDTH, [_label(form.heading, 12)], columns=4))
    for cells in form.rows:
        wide = len(cells) == 1
        places = []
        for number, cell in enumerate(cells):
            places.append(_cell(_FORM[0], [_label(cell.label_lines, 12)]))
            width = WIDTH - _FORM[0] if wide else _FORM[2 * number + 1]
            places.append(_cell(width, _place(cell), columns=3 if wide else 1))
        yield _row(*places)


def _table(widths: Sequence[int], inset: float, rows: Iterator[_Element]) -> _Element:
    line: Attributes = {"w:val": "single", "w:sz": 4, "w:space": 0, "w:color": "000000"}
    sides = ("w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV")
    insets = (("w:top", inset), ("w:left", 7), ("w:bottom", inset), ("w:right", 7))
    properties = node(
        "w:tblPr",
        None,
        node("w:tblW", {"w:w": sum(widths), "w:type": "dxa"}),
        node("w:tblInd", {"w:w": 0, "w:type": "dxa"}),
        node("w:tblBorders", None, *(node(side, line) for side in sides)),
        node("w:tblLayout", {"w:type": "fixed"}),
        node("w:tblCellMar", None, *(node(side, {"w:w": pt(size), "w:type": "dxa"}) for side, size in insets)),
    )
    grid = node("w:tblGrid", None, *(node("w:gridCol", {"w:w": width}) for width in widths))
    return node("w:tbl", None, properties, grid, *rows)


def _row(*cells: _Element) -> _Element:
    return node("w:tr", None, *cells)


def _cell(width: int, lines: Iterable[_Element], *, columns: int = 1) -> _Element:
    span = [value("w:gridSpan", columns)] if columns > 1 else []
    size = node("w:tcW", {"w:w": width, "w:type": "dxa"})
    return node("w:tc", None, node("w:tcPr", None, size, *span, value("w:vAlign", "center")), *lines)


def _place(cell: FormCell) -> Iterator[_Element]:
    """What is known, then room for the pen, then who signs."""
    if cell.value or not (cell.blank or cell.foot):
        yield _line(cell.value, 12)
    for _ in range(cell.blank):
        yield _line("", 12)
    if cell.foot:
        yield _line(cell.foot, 12, align="right", before=pt(8))


def _label(text: str, size: float) -> _Element:
    return _line(text, size, align="center", role=FontRole.HEADING)


def _line(text: str, size: float, *, align: str = "left", role: FontRole = FontRole.BODY, before: int = 0) -> _Element:
    shape = Shape(align=align, pitch=pt(size + 8), size=size, before=before)
    return paragraph(shape, *([run(text, Ink(role=role, size=size))] if text else []))
