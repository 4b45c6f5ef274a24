"""Numbers that were printed without anything between them (15130000154), parted again by the sums of the form.

What a rule has parted it cannot prove: each reading says which rules it rests on. Blanks that are left in a string part
two numbers; only where no reading honours them are they taken for accidents.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import prod

from gongkai.annual_report.reading.lines import Line, wording
from gongkai.annual_report.reading.variants import simple
from gongkai.law.report_form import COLUMNS, Form, table_3_rows

Numbers = tuple[int, ...]
BY_ROW = frozenset({"T3-1"})
BY_COLUMNS = frozenset({"T3-1", "T3-2", "T3-3"})
#: How far the search for readings of a whole table goes before the doubtful rows are left unread.
_MOST_READINGS = 200_000


@dataclass(frozen=True, slots=True)
class Digits:
    """A string of digits and where in it a blank was left."""

    text: str
    breaks: frozenset[int] = frozenset()

    @property
    def tokens(self) -> list[str]:
        ends = [0, *sorted(self.breaks), len(self.text)]
        return [self.text[a:b] for a, b in pairwise(ends) if b > a]

    @property
    def seen(self) -> str:
        return " ".join(self.tokens)

    @property
    def loose(self) -> Digits:
        return Digits(self.text)


def are_numbers(tokens: Sequence[str]) -> bool:
    """Whether each token is one number: 000023 is several."""
    return all(token == "0" or not token.startswith("0") for token in tokens)


def sums(digits: Digits, parts: int, start: int = 0) -> Iterator[tuple[Numbers, int]]:
    """Every reading of ``parts`` numbers and then their sum, from ``start``; with the place after it."""
    text, breaks = digits.text, digits.breaks

    def further(at: int, found: Numbers, total: int) -> Iterator[tuple[Numbers, int]]:
        if len(found) == parts:
            end = at + len(str(total))
            if text[at:end] == str(total) and not any(place in breaks for place in range(at + 1, end)):
                yield (*found, total), end
            return
        longest = 1 if text[at : at + 1] == "0" else min(len(text) - at, 12)
        for end in range(at + 1, at + longest + 1):
            value = int(text[at:end])
            # The sum still to come has at least as many digits as the largest so far.
            if end + max(len(str(total + value)), 1) + parts - len(found) - 1 > len(text):
                return
            yield from further(end, (*found, value), total + value)
            if end in breaks:
                return

    yield from further(start, (), 0)


def rows_of(digits: Digits) -> list[Numbers]:
    """The readings as a row of table 3: six numbers and their sum, with nothing left over."""
    parts = len(COLUMNS) - 1
    for one in (digits, digits.loose):
        found = [row for row, end in sums(one, parts) if end == len(one.text)]
        if found or not digits.breaks:
            return found
    return []


def table_4_of(digits: Digits) -> list[Numbers]:
    """The readings as table 4: three times four numbers and their sum."""
    for one in (digits, digits.loose):
        found = [
            (*first, *second, *third)
            for first, a in sums(one, 4)
            for second, b in sums(one, 4, a)
            for third, end in sums(one, 4, b)
            if end == len(one.text)
        ]
        if found or not digits.breaks:
            return found
    return []


# --- The whole table ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Decided:
    """A row that has one reading, and the rules that led to it."""

    row: Numbers
    rules: frozenset[str]


def decide(readings: Mapping[str, Sequence[Numbers]], given: Mapping[str, Numbers], form: Form) -> dict[str, Decided]:
    """Rows with one reading, and of the others those in which every reading of the whole table agrees.

    ``given`` are the rows that could be read as they stand.
    """
    decided = {key: Decided(rows[0], BY_ROW) for key, rows in readings.items() if len(rows) == 1}
    every = {**readings, **{key: [row] for key, row in given.items()}}
    keys = [row.key for row in table_3_rows(form)]
    if len(decided) == len(readings) or not all(every.get(key) for key in keys):
        return decided
    agreed: dict[str, set[Numbers]] = {}
    for solution in _solutions(every, keys):
        for key, row in solution.items():
            agreed.setdefault(key, set()).add(row)
    for key in readings.keys() - decided.keys():
        if len(agreed.get(key, ())) == 1:
            decided[key] = Decided(agreed[key].pop(), BY_COLUMNS)
    return decided


def _solutions(every: Mapping[str, Sequence[Numbers]], keys: Sequence[str]) -> Iterator[dict[str, Numbers]]:
    """Readings of all rows in which every column adds up; none if there are too many to try."""
    doubtful = [key for key in keys if len(every[key]) > 1]
    if prod(len(every[key]) for key in doubtful) > _MOST_READINGS:
        doubtful = []
    outcomes = [key for key in keys if key not in {"received", "carried_in", "total", "carried_out"}]
    fixed = [sum(every[key][0][column] for key in outcomes if len(every[key]) == 1) for column in range(len(COLUMNS))]
    for rows in product(*(every[key] for key in doubtful)):
        chosen = dict(zip(doubtful, rows, strict=True))
        told = {key: chosen.get(key, every[key][0]) for key in ("received", "carried_in", "total", "carried_out")}
        loose = [row for key, row in chosen.items() if key in outcomes]
        if _adds_up(told, loose, fixed):
            yield chosen


def _adds_up(told: Mapping[str, Numbers], loose: Sequence[Numbers], fixed: Sequence[int]) -> bool:
    return all(
        told["received"][column] + told["carried_in"][column] == told["total"][column] + told["carried_out"][column]
        and fixed[column] + sum(row[column] for row in loose) == told["total"][column]
        for column in range(len(COLUMNS))
    )


# --- Labels in a stretch of text ----------------------------------------------------------------------------


class Stretch:
    """Lines as one string of words and digits, with the places where something else stood between."""

    def __init__(self, lines: Sequence[Line]) -> None:
        pieces: list[str] = []
        self.breaks: set[int] = set()
        self._starts: list[int] = []
        self._numbers: list[int] = []
        length = 0
        for line in lines:
            self._starts.append(length)
            self._numbers.append(line.number)
            text = simple(unicodedata.normalize("NFKC", line.text))
            for piece in re.findall(r"\w+|[^\w]+", text.replace("_", " ")):
                if piece[0].isalnum():
                    pieces.append(piece)
                    length += len(piece)
                else:
                    self.breaks.add(length)
            self.breaks.add(length)
        self.words = "".join(pieces)

    def line_at(self, place: int) -> int:
        return self._numbers[max(bisect_right(self._starts, place) - 1, 0)]

    def digits(self, start: int, end: int) -> Digits:
        return Digits(self.words[start:end], frozenset(b - start for b in self.breaks if start < b < end))

    def digits_from(self, start: int) -> Digits:
        """The digits that stand there, up to the next word."""
        found = re.compile(r"[0-9]*").match(self.words, start)
        return self.digits(start, found.end() if found else start)


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between the label of a row and the next label. ``readings``: more than one where the number of the
    next label may be a digit of the last number."""

    key: str
    line: int
    readings: tuple[Digits, ...]


_NUMBERED = re.compile(r"^[1-8一二三四五六七]")
_SHORT = {
    "received": ("本年新收申请", "本年新收"),
    "carried_in": ("上年结转申请", "上年度结转"),
    "partially_granted": ("部分公开",),
    "correction_lapsed": ("逾期不补正",),
    "fee_unpaid": ("逾期未缴费", "逾期不缴费"),
}


def _variants(key: str, label: str) -> list[str]:
    words = wording(label)
    if key == "other":
        return [words, "六其他处理", "六其他"] if words.startswith("六") else [words]
    return [words, _NUMBERED.sub("", words), *_SHORT.get(key, ())]


def gaps(stretch: Stretch, form: Form) -> list[Gap]:
    """The digits after each label of table 3, labels taken in official order."""
    anchors: list[tuple[str, int, int, bool]] = []
    place = 0
    for one in table_3_rows(form):
        found = [
            (at, -len(v), v) for v in _variants(one.key, one.label.zh) if (at := stretch.words.find(v, place)) >= 0
        ]
        if found:
            at, _, words = min(found)
            # 3252没有: is the 2 the number of the label? A mark after it says so.
            doubtful = words[0].isdecimal() and at + 1 not in stretch.breaks
            anchors.append((one.key, at, at + len(words), doubtful))
            place = at + len(words)
    out = []
    for index, (key, _, end, _) in enumerate(anchors):
        digits = stretch.digits_from(end)
        if index + 1 < len(anchors):
            _, following, _, doubtful = anchors[index + 1]
            cut = stretch.digits(end, min(end + len(digits.text), following))
            readings = (cut, digits) if doubtful and len(digits.text) > len(cut.text) else (cut,)
        else:
            readings = (digits,)
        out.append(Gap(key, stretch.line_at(end), readings))
    return out
