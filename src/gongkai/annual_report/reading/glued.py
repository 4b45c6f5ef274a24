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
_MOST_READINGS = 50_000
#: More digits than this are no row of counts.
_LONGEST = 60


class TooMany(Exception):
    """More readings would have to be tried than a report is worth."""


class Steps:
    """How many more readings may be tried in one table."""

    def __init__(self, left: int = 150_000) -> None:
        self.left = left

    def take(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooMany


@dataclass(frozen=True, slots=True)
class Digits:
    """A string of digits and where in it a blank was left; ``lines``: whether a line or a cell ended in it."""

    text: str
    breaks: frozenset[int] = frozenset()
    lines: bool = False

    @property
    def tokens(self) -> list[str]:
        ends = [0, *sorted(self.breaks), len(self.text)]
        return [self.text[a:b] for a, b in pairwise(ends) if b > a]

    @property
    def seen(self) -> str:
        return " ".join(self.tokens)

    def is_whole(self, start: int, end: int) -> bool:
        """Whether no blank was left in between."""
        return not self.breaks or not any(place in self.breaks for place in range(start + 1, end))

    @property
    def loose(self) -> Digits:
        return Digits(self.text)


def are_numbers(tokens: Sequence[str]) -> bool:
    """Whether each token is one number: 000023 is several."""
    return all(token == "0" or not token.startswith("0") for token in tokens)


def sums(digits: Digits, parts: int, start: int, end: int, steps: Steps) -> Iterator[Numbers]:
    """Every reading of what stands from ``start`` to ``end`` as ``parts`` numbers and then their sum."""
    text, breaks = digits.text, digits.breaks
    for cut in range(end - 1, start + parts - 1, -1):
        if text[cut] != "0" or cut == end - 1:
            total = int(text[cut:end])
            for found in _parts(digits, parts, start, cut, total, steps):
                yield (*found, total)
        if cut in breaks:
            return


def _parts(digits: Digits, parts: int, start: int, end: int, total: int, steps: Steps) -> Iterator[Numbers]:
    """Every reading as so many numbers with this sum."""
    steps.take()
    text, width = digits.text, len(str(total))
    if parts == 1:
        if end - start == width and text[start:end] == str(total) and digits.is_whole(start, end):
            yield (total,)
        return
    # What is left must be long enough for the sum, and not too long for it.
    spare = end - start - parts + 1
    if spare < width and total >= 10**spare + 9 * (parts - 1):
        return
    longest = 1 if text[start] == "0" else width
    for cut in range(max(start + 1, end - (parts - 1) * width), min(start + longest, end - parts + 1) + 1):
        value = int(text[start:cut])
        if value > total or not digits.is_whole(start, cut):
            return
        for found in _parts(digits, parts - 1, cut, end, total - value, steps):
            yield (value, *found)


def _lacks_cells(digits: Digits) -> bool:
    """Whether it looks like numbers between which empty cells were left out: that is not glued, but beyond reading."""
    tokens = digits.tokens
    if len(tokens) < 2 or not are_numbers(tokens):
        return False
    return digits.lines or sum(map(int, tokens[:-1])) == int(tokens[-1])


def rows_of(digits: Digits, steps: Steps) -> list[Numbers]:
    """The readings as a row of table 3: six numbers and their sum, with nothing left over. Raises TooMany."""
    if len(digits.text) > _LONGEST or _lacks_cells(digits):
        return []
    for one in (digits, digits.loose):
        found = list(sums(one, len(COLUMNS) - 1, 0, len(one.text), steps))
        if found or not digits.breaks:
            return found
    return []


def table_4_of(digits: Digits) -> list[Numbers]:
    """The readings as table 4: three times four numbers and their sum. Raises TooMany."""
    steps = Steps()
    if len(digits.text) > _LONGEST or (digits.lines and are_numbers(digits.tokens)):
        return []
    for one in (digits, digits.loose):
        found = list(_groups(one, 3, 0, steps))
        if found or not digits.breaks:
            return found
    return []


def _groups(digits: Digits, groups: int, start: int, steps: Steps) -> Iterator[Numbers]:
    length = len(digits.text)
    for end in range(start + 5, length + 1) if groups > 1 else (length,):
        for found in sums(digits, 4, start, end, steps):
            for more in _groups(digits, groups - 1, end, steps) if groups > 1 else ((),):
                yield (*found, *more)


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
        self._ends: set[int] = set()
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
                    if "|" in piece or "\t" in piece:
                        self._ends.add(length)
            self.breaks.add(length)
            self._ends.add(length)
        self.words = "".join(pieces)

    def line_at(self, place: int) -> int:
        return self._numbers[max(bisect_right(self._starts, place) - 1, 0)]

    def digits(self, start: int, end: int) -> Digits:
        inside = frozenset(b - start for b in self.breaks if start < b < end)
        return Digits(self.words[start:end], inside, any(start < b < end for b in self._ends))

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
