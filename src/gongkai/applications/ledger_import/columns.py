"""Which row is the head, and which column is what: a proposal that a person looks at before anything is taken over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.applications.ledger_import.errors import LedgerUnreadable
from gongkai.applications.ledger_import.fields import IGNORED, NAMES, REQUIRED, Field, field_called, key_of, keys_of
from gongkai.applications.ledger_import.sheets import Broken, Line, Sheet, Value
from gongkai.law.texts import Text

#: The head is looked for among so many rows; above it stand titles and remarks.
HEAD_ROWS = 20
#: So many columns must be recognised for a row to be taken for the head.
ENOUGH = 3
SAMPLES = 3

_SUBMITTED = Text(
    "按《条例》第三十一条，期限自收到之日起算；请确认这一列就是收到申请的日期。",
    "The limit runs from the day of receipt (art. 31): please make sure that this column is that day.",
)
_ACCEPTED = Text(
    "“受理日期”未必是收到申请的日期，而期限自收到之日起算（《条例》第三十一条）。如果两者不同，请改用收到日期一列。",
    "The day of acceptance need not be the day of receipt, from which the limit runs (art. 31): if they differ, "
    "use the column of receipt.",
)
_SERIAL = Text(
    "只有序号、没有登记编号：将按收到的年份编为“台账〔年份〕序号”。",
    "Serial numbers only: they become 台账〔year〕number, by the year of receipt.",
)
#: What is said beside a column whose name fits its field only with a doubt.
NOTES: Mapping[str, Text] = {
    **{key_of(name): _SUBMITTED for name in ("登记日期", "登记时间", "申请日期", "申请时间", "提交日期", "提交时间")},
    **{key_of(name): _ACCEPTED for name in ("受理日期", "受理时间")},
    key_of("序号"): _SERIAL,
}
_TAKEN = Text("已有更合适的一列，此列不导入。", "Another column fits better; this one is not taken.")
_IGNORED = Text("此列无需导入：系统自行计算或者记录。", "Not needed: the system reckons or records this itself.")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place (from 0), its name in the file, the field it is taken for, and some of its values."""

    place: int
    name: str
    field: Field | None
    note: Text | None = None
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is read. `head` are the numbers of the rows of its head; `lines` the rows below it."""

    sheet: Sheet
    head: tuple[int, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def places(self) -> dict[Field, int]:
        return {column.field: column.place for column in self.columns if column.field is not None}

    @property
    def matched(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.field is not None)

    @property
    def unmatched(self) -> tuple[Column, ...]:
        """Columns that will not be taken over."""
        return tuple(column for column in self.columns if column.field is None)

    @property
    def missing(self) -> tuple[Field, ...]:
        """Fields without which nothing can be taken over."""
        places = self.places
        return tuple(field for field in REQUIRED if field not in places)


def layout_of(sheets: Sequence[Sheet], chosen: Mapping[str, Field | None] | None = None) -> Layout:
    """The best proposal over all sheets. `chosen`: columns by name or by number („#3“, from 1), as a person has
    decided them; None means that a column is not taken over. Raises LedgerUnreadable where no head is found or a
    chosen column does not exist."""
    wanted = dict(chosen or {})
    found = [layout for sheet in sheets if (layout := _layout(sheet, wanted)) is not None]
    if not found:
        message = Text(
            "没有找到表头：表头应当有“申请人”“收到日期”“申请内容”等列名，并在前20行之内。",
            "No head was found: it should name columns such as 申请人, 收到日期, 申请内容 within the first 20 rows.",
        )
        raise LedgerUnreadable("no_head", message)
    return max(found, key=lambda layout: (len(layout.matched), -sheets.index(layout.sheet)))


def _layout(sheet: Sheet, chosen: Mapping[str, Field | None]) -> Layout | None:
    best: tuple[int, int, list[str]] | None = None
    for place in range(min(len(sheet.lines), HEAD_ROWS)):
        for rows in (1, 2):
            names = _names(sheet.lines[place : place + rows])
            score = len({found[0] for name in names if (found := field_called(name))})
            if best is None or score > best[0]:
                best = (score, place + rows, names)
    if best is None or best[0] < (1 if chosen else ENOUGH):
        return None
    _score, end, names = best
    lines = sheet.lines[end:]
    head = tuple(line.number for line in sheet.lines[:end])
    columns = _with_choices(_propose(names), chosen)
    shown = tuple(replace(column, samples=_samples(lines, column.place)) for column in columns)
    return Layout(sheet, head, shown, lines)


def _names(lines: Sequence[Line]) -> list[str]:
    """The columns' names in a head of one or two rows. Of two, the lower one names the column; where it is empty
    (cells merged downwards) the upper one does. A group that spans columns stands before an unknown name."""
    if len(lines) == 1:
        return [_text(cell) for cell in lines[0].cells]
    if len(lines) < 2:
        return []
    upper, lower = lines[0], lines[1]
    names, group = [], ""
    for place in range(max(len(upper.cells), len(lower.cells))):
        above, below = _text(upper.at(place)), _text(lower.at(place))
        group = above or group
        joined = group + below
        names.append(joined if below and key_of(joined) in NAMES else below or above)
    return names


def _text(cell: Value) -> str:
    return "" if cell is None or isinstance(cell, Broken) else "".join(str(cell).split())


def _propose(names: Sequence[str]) -> list[Column]:
    """Each column with its field; of several that claim one field the best name has it, then the first."""
    claims: dict[Field, list[tuple[int, int]]] = {}
    for place, name in enumerate(names):
        if found := field_called(name):
            claims.setdefault(found[0], []).append((found[1], place))
    winners = {min(claim)[1]: field for field, claim in claims.items()}
    return [_column(place, name, winners.get(place)) for place, name in enumerate(names) if name]


def _column(place: int, name: str, field: Field | None) -> Column:
    keys = keys_of(name)
    if field is not None:
        return Column(place, name, field, next((NOTES[key] for key in keys if key in NOTES), None))
    if field_called(name):
        return Column(place, name, None, _TAKEN)
    return Column(place, name, None, _IGNORED if any(key in IGNORED for key in keys) else None)


def _with_choices(columns: list[Column], chosen: Mapping[str, Field | None]) -> list[Column]:
    """The columns as a person has decided: a field given to one column is taken from every other."""
    for asked, field in chosen.items():
        place = _place_of(columns, asked)
        columns = [replace(column, field=None) if column.field is field and field else column for column in columns]
        columns = [replace(column, field=field, note=None) if column.place == place else column for column in columns]
    return columns


def _place_of(columns: list[Column], asked: str) -> int:
    by_number = {f"#{column.place + 1}": column.place for column in columns}
    if asked in by_number:
        return by_number[asked]
    for column in columns:
        if key_of(column.name) == key_of(asked):
            return column.place
    zh, en = "、".join(column.name for column in columns), ", ".join(column.name for column in columns)
    message = Text(f"没有名为“{asked}”的列，有：{zh}。", f"There is no column “{asked}”; there are: {en}.")
    raise LedgerUnreadable("no_column", message)


def _samples(lines: Sequence[Line], place: int) -> tuple[str, ...]:
    """The first values of the column, to recognise it by."""
    found: list[str] = []
    for line in lines[:200]:
        shown = shown_as(line.at(place))
        if shown and shown not in found:
            found.append(shown if len(shown) <= 40 else shown[:39] + "…")
        if len(found) == SAMPLES:
            break
    return tuple(found)


def shown_as(value: Value) -> str:
    """A cell as a person reads it: days as 2023-05-06, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, Broken):
        return value.shown
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return str(value)
