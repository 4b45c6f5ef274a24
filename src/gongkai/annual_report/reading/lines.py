"""Lines and their cells, and the normal forms in which wording and numbers are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile

from gongkai.annual_report.reading.variants import simple

# No leading zeros: 000023 is several numbers that lost the blanks between them.
_NUMBER = r"[+-]?(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?"
_UNIT = re.compile(rf"({_NUMBER})\(?(亿元|万元|元|件|条|项|宗|个|人次|次)?\)?")
#: What an amount is multiplied by to be in 万元, the unit of the form.
_IN_TEN_THOUSANDS = {"元": Decimal("0.0001"), "亿元": Decimal(10000)}
#: What agencies write for "none" in a cell.
_MARKS = frozenset({"/", "-", "--", "—", "——", "–", "\\", "无", "－"})
_VALUE = re.compile(rf"{_NUMBER}(?:亿元|万元|元)?|[/\\—–-]+")
_MORE_OR_FEWER = re.compile(r"([增减])加?少?(\d+)[件项条]?")
#: A line that only numbers its page.
_PAGE = re.compile(r"[-—–·\s]*第?\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|[-—–]{1,2}\s*\d{1,3}\s*[-—–]{1,2}")
_NO_WORD = re.compile(r"[\W_]")
_RULE_OF_TABLE = re.compile(r"^:?-{2,}:?$")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """``text`` for comparing: NFKC (full-width digits, brackets, radicals) and no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=8192)
def wording(text: str) -> str:
    """Only the words of ``text``: ``plain`` without punctuation, in simplified characters."""
    return simple(_NO_WORD.sub("", plain(text)))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file: its number from 1, its text without outer blanks, its cells if it is a row.

    ``table``: which table of the file the row belongs to, if the file says so; then each cell stands in its column.
    """

    number: int
    text: str
    cells: tuple[str, ...]
    table: int = 0

    @property
    def plain(self) -> str:
        """The text in its normal form."""
        return plain(self.text)

    @property
    def is_values(self) -> bool:
        """Whether it holds numbers or marks for none, and nothing else."""
        return bool(self.cells) and all(is_value(cell) for cell in self.cells)

    @property
    def looks_like_row(self) -> bool:
        """Several cells and no sentence: a row of a table."""
        return len(self.cells) > 1 and "。" not in self.text


def split_lines(text: str) -> tuple[Line, ...]:
    """All lines of ``text``, empty ones included: they part paragraphs."""
    return tuple(Line(number, raw.strip(), cells_of(raw)) for number, raw in enumerate(text.splitlines(), 1))


def cells_of(raw: str) -> tuple[str, ...]:
    """The cells of a line: by tabs, else by pipes, else a label with numbers after it; positions are kept."""
    if not raw or raw.isspace():
        return ()
    if raw.isdecimal() and raw.isascii():
        return (raw,)
    if "\t" in raw.strip(" \r\n"):
        return tuple(cell.strip() for cell in raw.split("\t"))
    piped = raw.strip().replace("｜", "|").replace("│", "|")
    if "|" in piped:
        cells = [cell.strip() for cell in piped.removeprefix("|").removesuffix("|").split("|")]
        return () if all(_RULE_OF_TABLE.match(cell) for cell in cells) or cells == [""] else tuple(cells)
    return _spaced_cells(raw)


def _spaced_cells(raw: str) -> tuple[str, ...]:
    stripped = unicodedata.normalize("NFKC", raw).strip()
    if _PAGE.fullmatch(stripped):
        return ()
    values = list(takewhile(_VALUE.fullmatch, reversed(stripped.split())))
    if not values:
        return (raw.strip(),) if stripped else ()
    before = stripped.rsplit(None, len(values))
    # Two blanks part the columns of a layout that was kept: a group's label stands beside the row's.
    labels = re.split(r"\s{2,}", before[0]) if len(before) > len(values) else []
    return (*labels, *reversed(values))


@lru_cache(maxsize=8192)
def is_blank(cell: str) -> bool:
    """Whether a cell holds nothing, or only a mark for "none"."""
    return plain(cell) in _MARKS or not plain(cell)


def is_mark(cell: str) -> bool:
    """Whether a cell holds a mark for "none" such as / or -."""
    return plain(cell) in _MARKS


@lru_cache(maxsize=8192)
def number(cell: str) -> int | Decimal | None:
    """The number in a cell, or None. An amount in 元 or 亿元 is returned in 万元, the unit of the form."""
    match = _UNIT.fullmatch(plain(cell))
    if match is None:
        return None
    digits = match[1].replace(",", "")
    if match[2] in _IN_TEN_THOUSANDS:
        return Decimal(digits) * _IN_TEN_THOUSANDS[match[2]]
    return Decimal(digits) if "." in digits else int(digits)


def change(cell: str) -> int | Decimal | None:
    """The number in a cell that tells by how many more or fewer: -15, 增3, 减4."""
    match = _MORE_OR_FEWER.fullmatch(plain(cell))
    if match is None:
        return number(cell)
    return int(match[2]) * (-1 if match[1] == "减" else 1)


@lru_cache(maxsize=8192)
def is_value(cell: str) -> bool:
    """Whether a cell holds a number or nothing: anything but words."""
    return is_blank(cell) or number(cell) is not None
