"""A whole ledger looked at, before anything is written: what would be taken over, what is there already, what is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import calendar, today
from gongkai.applications.ledger_import.columns import Layout, layout_of
from gongkai.applications.ledger_import.errors import LedgerUnreadable, Problem
from gongkai.applications.ledger_import.existing import import_key, register_of
from gongkai.applications.ledger_import.fields import Field
from gongkai.applications.ledger_import.judging import refusal_of, steps_of
from gongkai.applications.ledger_import.rows import LedgerRow, RowReader, read_rows
from gongkai.applications.ledger_import.sheets import MAX_ROWS, Line, read_sheets
from gongkai.documents.gate import inspect
from gongkai.law.texts import Text

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Options:
    """What a person has decided about a file: which sheet, which column is what (None: not taken over), and what
    stands where the kind of applicant or the channel is empty."""

    sheet: str | None = None
    columns: Mapping[str, Field | None] = field(default_factory=dict)
    defaults: Mapping[Field, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """The file that rows came from: its name, and the SHA-256 of its bytes."""

    name: str
    digest: str


@dataclass(frozen=True)
class Examination:
    """What was found. `rows` are good and new; `existing` the file's rows that are in the register; every row with a
    problem is in `bad`. Nothing is read row by row while a required column is missing."""

    source: Source
    layout: Layout
    rows: tuple[LedgerRow, ...] = ()
    existing: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    bad: tuple[Line, ...] = ()
    other_sheets: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[Field, ...]:
        return self.layout.missing

    @property
    def total(self) -> int:
        """All rows that speak of an application."""
        return len(self.rows) + len(self.existing) + len(self.bad)

    @property
    def answered(self) -> int:
        return sum(row.outcome is not None for row in self.rows)

    @property
    def assumed(self) -> dict[str, int]:
        """In how many rows each field was filled in because the ledger does not tell it."""
        counts: dict[str, int] = {}
        for row in self.rows:
            for name in row.assumed:
                counts[name] = counts.get(name, 0) + 1
        return counts


def admit(data: bytes, name: str) -> str:
    """Let the file through the upload gate; gives its safe name. Raises UploadRefused, or LedgerUnreadable for a kind
    that holds no ledger. A CSV is plain text to the gate."""
    stem, _dot, suffix = name.rpartition(".")
    if suffix.lower() not in ("xlsx", "csv"):
        message = Text(
            f"“{name}”不是 .xlsx 或 .csv 文件。请在电子表格软件中打开，另存为“Excel 工作簿（.xlsx）”后再导入。",
            f"“{name}” is neither .xlsx nor .csv: open it and save it as an Excel workbook (.xlsx).",
        )
        raise LedgerUnreadable("kind", message)
    if suffix.lower() == "csv" and data[:4] != b"PK\x03\x04":
        return inspect(data, f"{stem or 'ledger'}.txt").name.removesuffix(".txt") + ".csv"
    return inspect(data, name).name


def examine(
    data: bytes,
    name: str,
    agency: Agency,
    options: Options | None = None,
    progress: Progress = lambda done, total: None,
) -> Examination:
    """Read and check a ledger; writes nothing. Raises UploadRefused or LedgerUnreadable where it is none.

    `progress` is called with the rows done so far and their number.
    """
    chosen = options or Options()
    shown = admit(data, name)
    sheets = read_sheets(data, shown, chosen.sheet)
    layout = layout_of(sheets, chosen.columns)
    source = Source(shown, hashlib.sha256(data).hexdigest())
    others = tuple(sheet.name for sheet in sheets if sheet is not layout.sheet)
    if len(layout.lines) > MAX_ROWS:
        message = Text(
            f"一次最多导入{MAX_ROWS}行，请分成几个文件。", f"At most {MAX_ROWS} rows at once: divide the file."
        )
        raise LedgerUnreadable("too_many_rows", message)
    if layout.missing:
        return Examination(source, layout, other_sheets=others)
    good, bad = _read(layout, agency, chosen, progress)
    return _against_register(agency, Examination(source, layout, tuple(good), other_sheets=others), bad)


def _read(
    layout: Layout, agency: Agency, options: Options, progress: Progress
) -> tuple[list[LedgerRow], dict[int, list[Problem]]]:
    """The rows that are sound in themselves and before the law, and the problems of the others by row."""
    days, now, total = calendar(), today(), len(layout.lines)
    reader = RowReader(layout, now, options.defaults)
    good: list[LedgerRow] = []
    bad: dict[int, list[Problem]] = {}
    for done, (line, found) in enumerate(read_rows(reader, layout.lines), start=1):
        if isinstance(found, list):
            bad[line.number] = found
        elif refused := refusal_of(steps_of(found, None, {}), days):
            bad[line.number] = [Problem(line.number, layout.places.get(Field.ANSWERED_ON), refused)]
        else:
            good.append(found)
        if done % 200 == 0:
            progress(done, total)
    progress(total, total)
    return good, bad


def _against_register(agency: Agency, sound: Examination, bad: dict[int, list[Problem]]) -> Examination:
    """Set aside what is there already, and what has the number of another application."""
    register = register_of(agency, sound.rows)
    fresh: list[LedgerRow] = []
    existing: list[int] = []
    place = sound.layout.places.get(Field.NUMBER)
    for row in sound.rows:
        if clash := register.clash(row):
            bad[row.line] = [Problem(row.line, place, clash)]
        elif register.holds(row, import_key(agency, row)):
            existing.append(row.line)
        else:
            fresh.append(row)
    problems = tuple(problem for number in sorted(bad) for problem in bad[number])
    lines = tuple(line for line in sound.layout.lines if line.number in bad)
    return Examination(
        sound.source, sound.layout, tuple(fresh), tuple(existing), problems, lines, other_sheets=sound.other_sheets
    )
