"""Lists as spreadsheets, row by row: neither the list nor the file is ever whole in memory.

What people typed must never run as a formula when a list is opened. In XLSX every text is stored as a text, which no
program takes for anything else. CSV knows no types: there a text that could begin a formula gets an apostrophe before
it, which spreadsheets show as text.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, cast
from xml.sax.saxutils import escape

Cell = str | int | dt.date | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
#: Excel takes no longer text into a cell.
LONGEST = 32_767
_FORMULA = tuple("=+-@\t\r\n＝＋－＠|")
#: What XML cannot hold, and what a spreadsheet would read as the code of a character.
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_EPOCH = dt.date(1899, 12, 30)
#: Dates before this one have other numbers in Excel, which believes in the 29 February 1900.
_FIRST = dt.date(1900, 3, 1)
_PORTION = 64 * 1024


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The list as CSV with a byte order mark, so that Excel reads it as UTF-8."""
    yield b"\xef\xbb\xbf"
    for row in _with_head(columns, rows):
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow([_csv_cell(cell) for cell in row])
        yield line.getvalue().encode()


def _with_head(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    yield columns
    yield from rows


def _csv_cell(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, int):
        return cell
    text = _UNHOLDABLE.sub("", cell)
    return f"'{text}" if text.lstrip(" \u00a0\u3000").startswith(_FORMULA) or text.startswith(_FORMULA) else text


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook; ``rows`` are taken as they are written."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def xlsx_portions(title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The list as a workbook of one sheet: the head stays in view, days are days, everything else is text or number."""
    return workbook_portions([Sheet(title, columns, rows)])


def workbook_portions(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    """Several such lists, a sheet each."""
    pipe = _Pipe()
    with zipfile.ZipFile(cast("IO[bytes]", pipe), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts([sheet.title for sheet in sheets]):
            archive.writestr(name, text)
        for place, sheet in enumerate(sheets, 1):
            with archive.open(f"xl/worksheets/sheet{place}.xml", "w", force_zip64=True) as file:
                file.write(_sheet_head(len(sheet.columns), selected=place == 1).encode())
                for number, row in enumerate(_with_head(sheet.columns, sheet.rows), 1):
                    file.write(_xlsx_row(number, row).encode())
                    if pipe.waiting >= _PORTION:
                        yield pipe.take()
                file.write(b"</sheetData></worksheet>")
    yield pipe.take()


class _Pipe(io.RawIOBase):
    """What the archive writes, until it is sent on. It cannot be sought in, so the archive never looks back."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self.waiting = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        portion = bytes(cast("bytes", data))
        self._held.append(portion)
        self.waiting += len(portion)
        return len(portion)

    def take(self) -> bytes:
        """Everything written since the last time."""
        portion = b"".join(self._held)
        self._held, self.waiting = [], 0
        return portion


def _xlsx_row(number: int, row: Sequence[Cell]) -> str:
    style = ' s="2"' if number == 1 else ""
    cells = "".join(_xlsx_cell(f"{_letters(place)}{number}", cell, style) for place, cell in enumerate(row))
    return f'<row r="{number}">{cells}</row>'


def _xlsx_cell(at: str, cell: Cell, style: str) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, dt.date) and cell >= _FIRST:
        return f'<c r="{at}" s="1"><v>{(cell - _EPOCH).days}</v></c>'
    if isinstance(cell, int):
        return f'<c r="{at}"><v>{cell}</v></c>'
    text = cell.isoformat() if isinstance(cell, dt.date) else cell
    text = escape(_CODE.sub("_x005F_", _UNHOLDABLE.sub("", text)[:LONGEST]))
    return f'<c r="{at}" t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'


def _letters(place: int) -> str:
    """The name of a column: A, B, … Z, AA."""
    name, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _sheet_head(columns: int, *, selected: bool) -> str:
    tab = ' tabSelected="1"' if selected else ""
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"{tab}>'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{max(columns, 1)}" width="18" customWidth="1"/></cols><sheetData>'
    )


def _parts(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts of a workbook that are the same for every list."""
    numbers = range(1, len(titles) + 1)
    names = [re.sub(r"[\[\]:*?/\\']", " ", title)[:31] or f"Sheet{n}" for n, title in zip(numbers, titles, strict=True)]
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>' for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>{overrides}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
    )
    yield (
        "_rels/.rels",
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        f'<Relationship Id="rId{len(titles) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    )
    listed = "".join(
        f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, names, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
    )
    yield ("xl/styles.xml", _STYLES)


#: Three kinds of cell: plain, a day, and the head.
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
