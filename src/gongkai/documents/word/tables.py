"""The tables of letters and sheets in WordprocessingML: fixed widths, so that every program sets them alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.etree import _Element

from gongkai.documents.letter import FormBlock, FormCell
from gongkai.documents.word.xml import LABEL, TABLE, Ink, Shape, mm, node, paragraph, pt, run, value

WIDTH = mm(156)
_PAIR = (mm(38), WIDTH - mm(38))
_FORM = (mm(28), WIDTH // 2 - mm(28), mm(28), WIDTH - WIDTH // 2 - mm(28))
_PITCH = pt(22)
_INSETS = (("w:top", pt(3)), ("w:left", pt(7)), ("w:bottom", pt(3)), ("w:right", pt(7)))


def pair_table(rows: Sequence[tuple[str, str]]) -> _Element:
    """Labels with their values."""
    return _table(_PAIR, (_row(_cell(_PAIR[0], label=name), _cell(_PAIR[1], told)) for name, told in rows))


def form_table(forms: Sequence[FormBlock]) -> _Element:
    """The rows of a sheet, its headings over the whole width."""
    return _table(_FORM, (row for form in forms for row in _form_rows(form)))


def _form_rows(form: FormBlock) -> Iterator[_Element]:
    if form.heading:
        yield _row(_cell(WIDTH, label=form.heading, columns=4))
    for cells in form.rows:
        wide = len(cells) == 1
        places = []
        for number, cell in enumerate(cells):
            places.append(_cell(_FORM[0], label=cell.label))
            width = WIDTH - _FORM[0] if wide else _FORM[2 * number + 1]
            places.append(_cell(width, cell.value, form=cell, columns=3 if wide else 1))
        yield _row(*places)


def _table(widths: Sequence[int], rows: Iterator[_Element]) -> _Element:
    line = {"w:val": "single", "w:sz": 4, "w:space": 0, "w:color": "000000"}
    sides = ("w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV")
    properties = node(
        "w:tblPr",
        None,
        node("w:tblW", {"w:w": sum(widths), "w:type": "dxa"}),
        node("w:tblInd", {"w:w": 0, "w:type": "dxa"}),
        node("w:tblBorders", None, *(node(side, dict(line)) for side in sides)),
        node("w:tblLayout", {"w:type": "fixed"}),
        node("w:tblCellMar", None, *(node(side, {"w:w": inset, "w:type": "dxa"}) for side, inset in _INSETS)),
    )
    grid = node("w:tblGrid", None, *(node("w:gridCol", {"w:w": width}) for width in widths))
    return node("w:tbl", None, properties, grid, *rows)


def _row(*cells: _Element) -> _Element:
    return node("w:tr", None, *cells)


def _cell(width: int, text: str = "", *, label: str = "", form: FormCell | None = None, columns: int = 1) -> _Element:
    properties = node("w:tcPr", None, node("w:tcW", {"w:w": width, "w:type": "dxa"}))
    if columns > 1:
        properties.append(value("w:gridSpan", columns))
    properties.append(value("w:vAlign", "center"))
    made = node("w:tc", None, properties)
    if label:
        made.append(_line(label, LABEL, "center"))
    else:
        made.extend(_value_lines(text, form))
    return made


def _value_lines(text: str, form: FormCell | None) -> Iterator[_Element]:
    """What is known, then room for the pen, then who signs."""
    blank = form.blank if form else 0
    foot = form.foot if form else ""
    if text or not (blank or foot):
        yield _line(text, TABLE, "left")
    for _ in range(blank):
        yield _line("", TABLE, "left")
    if foot:
        yield _line(foot, TABLE, "right", before=pt(8))


def _line(text: str, ink: Ink, align: str, before: int = 0) -> _Element:
    shape = Shape(align=align, pitch=_PITCH, size=ink.size, before=before)
    return paragraph(shape, run(text, ink)) if text else paragraph(shape)
