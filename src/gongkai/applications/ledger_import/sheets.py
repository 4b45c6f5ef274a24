"""The file as rows of plain values: XLSX (read as a stream), or CSV in UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

from gongkai.applications.ledger_import.errors import LedgerUnreadable
from gongkai.law.texts import Text

MAX_ROWS = 100_000
MAX_COLUMNS = 200
#: A sheet whose formatted but empty rows go on for ever ends here.
EMPTY_ROWS = 1_000
#: The head is somewhere in these.
TOP_ROWS = 100


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a usable value: a formula never calculated, or one that ended in an error."""

    message: Text
    shown: str


Value = str | int | float | bool | dt.datetime | dt.date | dt.time | Broken | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is not empty: its number in the file (from 1) and its cells."""

    number: int
    cells: tuple[Value, ...]

    def at(self, place: int) -> Value:
        return self.cells[place] if place < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `base` is the day that the serial number 0 stands for."""

    name: str
    lines: tuple[Line, ...]
    base: dt.datetime = field(default=dt.datetime(1899, 12, 30))


def read_sheets(data: bytes, name: str, wanted: str | None = None) -> list[Sheet]:
    """The sheets of a file that hold anything; with `wanted` only the one of that name. Raises LedgerUnreadable."""
    if not data:
        raise LedgerUnreadable("empty", Text(f"“{name}”是空文件。", f"“{name}” is empty."))
    suffix = name.rpartition(".")[2].lower()
    if data[:4] == b"PK\x03\x04":
        sheets = _xlsx(data, name, wanted)
    elif data[:4] == b"\xd0\xcf\x11\xe0" or suffix in ("xls", "et", "ods", "doc", "docx", "pdf"):
        raise LedgerUnreadable(
            "kind",
            Text(
                f"“{name}”不是 .xlsx 或 .csv 文件。请在电子表格软件中打开，另存为“Excel 工作簿（.xlsx）”后再导入。",
                f"“{name}” is neither .xlsx nor .csv: open it and save it as an Excel workbook (.xlsx).",
            ),
        )
    else:
        sheets = [Sheet(name, tuple(_kept(_csv(data, name))))]
    return _asked(sheets, name, wanted)


def _asked(sheets: list[Sheet], name: str, wanted: str | None) -> list[Sheet]:
    filled = [sheet for sheet in sheets if sheet.lines]
    if not filled:
        raise LedgerUnreadable("empty", Text(f"“{name}”中没有内容。", f"“{name}” holds nothing."))
    return filled


def _kept(rows: Iterable[tuple[int, tuple[Value, ...]]]) -> Iterator[Line]:
    """The rows that are not empty, with bounds on what a damaged or hostile file may hold."""
    kept, last = 0, 0
    for number, cells in rows:
        if number - last > EMPTY_ROWS:
            return
        if all(cell is None or cell == "" for cell in cells):
            continue
        last, kept = number, kept + 1
        if kept > MAX_ROWS + 50:
            message = Text(
                f"一次最多导入{MAX_ROWS}行，请分成几个文件。",
                f"At most {MAX_ROWS} rows at once: please divide the file.",
            )
            raise LedgerUnreadable("too_many_rows", message)
        yield Line(number, cells)


# --- XLSX ---


def _xlsx(data: bytes, name: str, wanted: str | None) -> list[Sheet]:
    try:
        return _xlsx_sheets(data, name, wanted)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        ParseError,
        OSError,
    ) as error:
        message = Text(
            f"“{name}”无法作为 Excel 工作簿读取，可能已损坏。请重新另存为 .xlsx 后再导入。",
            f"“{name}” cannot be read as an Excel workbook; it may be damaged. Please save it anew as .xlsx.",
        )
        raise LedgerUnreadable("damaged", message) from error


def _xlsx_sheets(data: bytes, name: str, wanted: str | None) -> list[Sheet]:
    import openpyxl  # imported where used: most processes never read a workbook

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    try:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible" or sheet.title == wanted]
        if wanted is not None and wanted not in book.sheetnames:
            raise _no_such_sheet(wanted, book.sheetnames)
        chosen = [sheet for sheet in shown if wanted in (None, sheet.title)]
        calculated = _Calculated(data)
        return [Sheet(sheet.title, tuple(_kept(_rows(sheet, calculated))), book.epoch) for sheet in chosen]
    finally:
        book.close()


def _no_such_sheet(wanted: str, names: list[str]) -> LedgerUnreadable:
    zh, en = "、".join(names), ", ".join(names)
    return LedgerUnreadable(
        "no_sheet", Text(f"没有名为“{wanted}”的工作表，有：{zh}。", f"No sheet “{wanted}”; there are: {en}.")
    )


class _Calculated:
    """The values that formulas had when the file was saved. Read only once a formula is met: few ledgers have any."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._sheets: dict[str, dict[tuple[int, int], Any]] = {}

    def value(self, sheet: str, row: int, column: int) -> Any:
        if sheet not in self._sheets:
            self._sheets[sheet] = self._read(sheet)
        return self._sheets[sheet].get((row, column))

    def _read(self, sheet: str) -> dict[tuple[int, int], Any]:
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(self._data), read_only=True, data_only=True)
        try:
            rows = book[sheet].iter_rows(max_col=MAX_COLUMNS)
            return {(cell.row, cell.column): cell.value for row in rows for cell in row if cell.value is not None}
        finally:
            book.close()


def _rows(sheet: Any, calculated: _Calculated) -> Iterator[tuple[int, tuple[Value, ...]]]:
    sheet.reset_dimensions()  # the size a file claims is not to be believed
    for number, row in enumerate(sheet.iter_rows(max_col=_width(sheet)), start=1):
        values = [_value(cell, sheet.title, calculated) for cell in row]
        while values and values[-1] is None:
            values.pop()
        yield number, tuple(values)


def _width(sheet: Any) -> int:
    """How many columns the top of the sheet has, its head among them: what stands to the right of that has no name."""
    widest = 1
    for row in islice(sheet.iter_rows(max_col=MAX_COLUMNS), TOP_ROWS):
        widest = max([widest, *(place for place, cell in enumerate(row, start=1) if cell.value is not None)])
    return widest


def _value(cell: Any, sheet: str, calculated: _Calculated) -> Value:
    kind = cell.data_type
    if kind == "e":
        return _faulty(cell, str(cell.value))
    if kind != "f":
        return _plain(cell.value)
    found = calculated.value(sheet, cell.row, cell.column)
    if found is None:
        where = cell.coordinate
        message = Text(
            f"单元格{where}是公式，文件中没有它的计算结果。请在电子表格软件中打开并保存一次，或者改为填写数值。",
            f"Cell {where} is a formula without its result: open and save the file once, or type the value.",
        )
        return Broken(message, str(cell.value))
    return (
        _faulty(cell, found) if isinstance(found, str) and found.startswith("#") and found.isupper() else _plain(found)
    )


def _faulty(cell: Any, shown: str) -> Broken:
    where = cell.coordinate
    return Broken(
        Text(f"单元格{where}的公式出错（{shown}）。", f"The formula in cell {where} ended in an error ({shown})."),
        shown,
    )


def _plain(value: Any) -> Value:
    if value is None or isinstance(value, str | int | float | dt.datetime | dt.date | dt.time):
        return value.strip() or None if isinstance(value, str) else value
    return str(value)  # a duration or a text in several fonts


# --- CSV ---


def _csv(data: bytes, name: str) -> Iterator[tuple[int, tuple[Value, ...]]]:
    text = _decoded(data, name)
    first = text[:4096]
    delimiter = max(",\t;", key=first.count)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            yield number, tuple(_csv_value(cell) for cell in row[:MAX_COLUMNS])
    except csv.Error as error:
        message = Text(f"“{name}”不是完好的 CSV 文件（{error}）。", f"“{name}” is no sound CSV file ({error}).")
        raise LedgerUnreadable("damaged", message) from error


def _decoded(data: bytes, name: str) -> str:
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    message = Text(
        f"“{name}”的文字编码无法识别，请另存为 .xlsx，或者 UTF-8、GBK 编码的 CSV。",
        f"The encoding of “{name}” is not known: save it as .xlsx, or as CSV in UTF-8 or GBK.",
    )
    raise LedgerUnreadable("encoding", message)


def _csv_value(cell: str) -> str | None:
    """The text; without the ="…" or the leading apostrophe by which people keep long numbers whole."""
    text = cell.strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return text.removeprefix("'").strip() or None
