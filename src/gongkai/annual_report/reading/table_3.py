"""Table 3: by its labels, then by the places of rows between them, then by the sums where the numbers run together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from gongkai.annual_report.reading.glued import (
    BY_ROW,
    Decided,
    Gap,
    Numbers,
    Steps,
    Stretch,
    TooMany,
    are_numbers,
    decide,
    gaps,
    rows_of,
)
from gongkai.annual_report.reading.labels import is_fragment, is_group, is_other_handling, table_3_row
from gongkai.annual_report.reading.lines import Line, is_value, number
from gongkai.annual_report.reading.notes import Note, NoteKind
from gongkai.annual_report.reading.rows import Found, Segment, row, segments_of, starts_of, unread, window
from gongkai.law.report_form import COLUMNS, Form, Value, table_3_rows

WIDTH = len(COLUMNS)


def name_of(cell: str) -> tuple[bool, str | None]:
    """Whether the cell is a label of table 3, and of which row."""
    if is_value(cell):
        return False, None
    key = table_3_row(cell)
    return key is not None or is_group(cell), key


def segments_3(lines: Sequence[Line]) -> list[Segment]:
    """The rows of table 3 as they stand in the lines."""
    return segments_of(lines, name_of, is_fragment)


def read_table_3(lines: Sequence[Line], segments: Sequence[Segment], form: Form) -> Found:
    """Cells and notes of table 3; a row is taken from the first way that reads it."""
    keys = [one.key for one in table_3_rows(form)]
    apart = _labels_apart(segments, keys, form)
    if apart is not None:
        return apart
    placed = _by_place(segments, keys, form)
    found = _by_label(segments, form, placed)
    missing = [key for key in keys if f"t3.{key}.total" not in found.cells]
    if missing:
        found = _with(found, _by_sums(lines, found, missing, form))
    notes = [*found.notes, *_unknown_rows(lines), *_what_is_missing(found, segments, keys, lines)]
    return Found(found.cells, tuple(notes), found.decoded)


def _with(found: Found, more: Found) -> Found:
    """Both; that a row is unread is forgotten where the second reads it, or says it again."""
    told = {note.where for note in more.notes} | {address.rpartition(".")[0] for address in more.cells}
    notes = [note for note in found.notes if note.kind is not NoteKind.UNREAD or note.where not in told]
    return Found({**found.cells, **more.cells}, (*notes, *more.notes), more.decoded)


def _key(segment: Segment, form: Form) -> str | None:
    if form is Form.F2019:
        if is_other_handling(segment.label):
            return "other"
        return segment.key if segment.key not in {"correction_lapsed", "fee_unpaid"} else None
    return segment.key


# --- By label -----------------------------------------------------------------------------------------------


def _by_label(segments: Sequence[Segment], form: Form, placed: dict[int, str]) -> Found:
    cells: dict[str, Value] = {}
    notes: list[Note] = []
    starts = starts_of(segments)
    for index, segment in enumerate(segments):
        key = placed.get(index, _key(segment, form))
        found = _row_of(segment, key, starts.get(segment.at, frozenset()))
        if cells.keys() & found.cells.keys():
            notes.append(Note(NoteKind.REPEATED, f"t3.{key}", segment.line, segment.seen))
            continue
        cells |= found.cells
        notes += found.notes
        if index in placed and found.cells:
            notes.append(Note(NoteKind.BY_PLACE, f"t3.{key}", segment.line, segment.seen))
    return Found(cells, tuple(notes))


def _row_of(segment: Segment, key: str | None, starts: frozenset[int]) -> Found:
    if not segment.filled:
        # A group's label, or a row that holds nothing: what is missing is seen from the cells.
        return Found({})
    if key is None:
        return _orphans(segment)
    cells = window(segment.cells, WIDTH, starts, segment.begins)
    if cells is None or not all(is_value(cell) for cell in cells):
        return unread(f"t3.{key}", segment.line, segment.seen)
    return row([f"t3.{key}.{column.key}" for column in COLUMNS], cells, segment.line)


def _orphans(segment: Segment) -> Found:
    if sum(1 for cell in segment.filled if number(cell) is not None) < WIDTH:
        return Found({})
    return Found({}, (Note(NoteKind.NUMBERS_WITHOUT_LABEL, "t3", segment.line, segment.seen),))


# --- By place -----------------------------------------------------------------------------------------------


def _by_place(segments: Sequence[Segment], keys: Sequence[str], form: Form) -> dict[int, str]:
    """Rows without a label, where between two labels exactly as many stand as the form has there."""
    named: list[tuple[int, int]] = [(-1, -1)]
    for index, segment in enumerate(segments):
        key = _key(segment, form)
        if key in keys and keys.index(key) > named[-1][1]:
            named.append((index, keys.index(key)))
    named.append((len(segments), len(keys)))
    placed: dict[int, str] = {}
    for (index, at), (until, before) in itertools.pairwise(named):
        nameless = [i for i in range(index + 1, until) if _is_full(segments[i])]
        if nameless and len(nameless) == before - at - 1 and all(_key(segments[i], form) is None for i in nameless):
            placed |= dict(zip(nameless, keys[at + 1 : before], strict=True))
    return placed


def _is_full(segment: Segment) -> bool:
    return len(segment.filled) == WIDTH and all(number(cell) is not None for cell in segment.filled)


# --- Labels in one block, numbers in the next ---------------------------------------------------------------


def _labels_apart(segments: Sequence[Segment], keys: Sequence[str], form: Form) -> Found | None:
    """All labels first and then all numbers, row by row or column by column: only the sums tell which. None if the table
    is not printed so."""
    named = [index for index, segment in enumerate(segments) if _key(segment, form) in keys]
    if len(named) < WIDTH or any(segments[index].filled for index in named[:-1]):
        return None
    values = [cell for segment in segments[named[-1] :] for cell in segment.filled]
    if len(values) <= WIDTH:
        return None
    numbers = [number(cell) for cell in values]
    whole = [value for value in numbers if isinstance(value, int)]
    if [_key(segments[index], form) for index in named] == list(keys) and len(whole) == len(keys) * WIDTH:
        by_row = [whole[start : start + WIDTH] for start in range(0, len(whole), WIDTH)]
        by_column = [whole[start :: len(keys)] for start in range(len(keys))]
        for rows in (by_row, by_column):
            if all(sum(one[:-1]) == one[-1] for one in rows):
                return _placed_rows(rows, keys, segments[named[-1]])
    return unread("t3", segments[named[-1]].line, " ".join(values[:WIDTH]) + " …")


def _placed_rows(rows: Sequence[Sequence[int]], keys: Sequence[str], segment: Segment) -> Found:
    cells: dict[str, Value] = {
        f"t3.{key}.{column.key}": value
        for key, row_ in zip(keys, rows, strict=True)
        for column, value in zip(COLUMNS, row_, strict=True)
    }
    note = Note(NoteKind.BY_PLACE, "t3", segment.line, segment.seen)
    return Found(cells, (note,), dict.fromkeys(cells, BY_ROW))


# --- By sums ------------------------------------------------------------------------------------------------


def _by_sums(lines: Sequence[Line], found: Found, missing: Sequence[str], form: Form) -> Found:
    """The rows of ``missing`` whose numbers run together."""
    stretch = Stretch(lines)
    given: dict[str, Numbers] = {}
    for one in table_3_rows(form):
        values = [found.cells.get(f"t3.{one.key}.{column.key}") for column in COLUMNS]
        whole = tuple(value for value in values if isinstance(value, int))
        if len(whole) == WIDTH:
            given[one.key] = whole
    standing = [gap for gap in gaps(stretch, form) if gap.key in missing and gap.readings[0].text]
    plain = {gap.key: row for gap in standing if (row := _as_it_stands(gap)) is not None}
    readings = _readings([gap for gap in standing if gap.key not in plain])
    decided = decide(readings, {**given, **plain}, form) if readings else {}
    return _found_by_sums(standing, plain, decided)


def _readings(gaps_: Sequence[Gap]) -> dict[str, list[Numbers]]:
    """Of each row every reading; none of those that come after too much was tried."""
    steps = Steps()
    found: dict[str, list[Numbers]] = {}
    for gap in gaps_:
        try:
            found[gap.key] = [one for digits in gap.readings for one in rows_of(digits, steps)]
        except TooMany:
            found[gap.key] = []
    return found


def _as_it_stands(gap: Gap) -> Numbers | None:
    """Seven numbers with blanks between them need no rule."""
    tokens = gap.readings[0].tokens
    return tuple(map(int, tokens)) if len(tokens) == WIDTH and are_numbers(tokens) else None


def _found_by_sums(standing: Sequence[Gap], plain: dict[str, Numbers], decided: dict[str, Decided]) -> Found:
    cells: dict[str, Value] = {}
    decoded: dict[str, frozenset[str]] = {}
    notes: list[Note] = []
    for gap in standing:
        addresses = [f"t3.{gap.key}.{column.key}" for column in COLUMNS]
        if gap.key in plain:
            cells |= dict(zip(addresses, plain[gap.key], strict=True))
        elif gap.key in decided:
            cells |= dict(zip(addresses, decided[gap.key].row, strict=True))
            decoded |= dict.fromkeys(addresses, decided[gap.key].rules)
        elif len(gap.readings[0].text) > 1:
            notes.append(Note(NoteKind.UNREAD, f"t3.{gap.key}", gap.line, gap.readings[0].seen))
    if decoded:
        notes.insert(0, Note(NoteKind.DECODED, "t3", standing[0].line))
    return Found(cells, tuple(notes), decoded)


# --- Notes --------------------------------------------------------------------------------------------------


def _unknown_rows(lines: Sequence[Line]) -> Iterator[Note]:
    """Rows with seven numbers under a name that the form does not have: set aside, and said."""
    for line in lines:
        if len(line.cells) <= WIDTH:
            continue
        words = [cell for cell in line.cells if not is_value(cell)]
        numbers = sum(1 for cell in line.cells if number(cell) is not None)
        if words and numbers == WIDTH and not any(name_of(word)[0] or is_fragment(word) for word in words):
            yield Note(NoteKind.UNKNOWN_ROW, "t3", line.number, " ".join(filter(None, line.cells)))


def _what_is_missing(
    found: Found, segments: Sequence[Segment], keys: Sequence[str], lines: Sequence[Line]
) -> Iterator[Note]:
    """Labels without any number, or a table that breaks off."""
    read = [key for key in keys if any(f"t3.{key}.{column.key}" in found.cells for column in COLUMNS)]
    line = lines[0].number if lines else 0
    labels = sum(1 for segment in segments if segment.key)
    if not read and labels > WIDTH and not any(note.kind is NoteKind.UNREAD for note in found.notes):
        yield Note(NoteKind.NO_NUMBERS, "t3", line)
    elif read and len(read) < len(keys) and keys[: len(read)] == read and labels == len(read):
        yield Note(NoteKind.HALF_TABLE, "t3", line, str(len(read)))
