"""The numbers that Word writes before paragraphs by itself: 一、（一）1. They stand on the page, but not in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from gongkai.documents.reading.packages import Package, attribute, child, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVELS = 9


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """十二, 一百零五: as counted, up to 9999."""
    if not 0 < number < 10_000:
        return str(number)
    out, written = "", str(number)
    for place, digit in enumerate(written):
        rest = len(written) - place - 1
        if digit != "0":
            out += digits[int(digit)] + (units[rest - 1] if rest else "")
        elif out and not out.endswith("零") and int(written[place:]):
            out += "零"
    return out.removeprefix(digits[1]) if 10 <= number < 20 and digits == _DIGITS else out


def _roman(number: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        out += sign * min(count, 10)
    return out


def _letters(number: int) -> str:
    return chr(97 + (number - 1) % 26) * min((number - 1) // 26 + 1, 10)


Form = Callable[[int], str]


def _digits(zero: int) -> Form:
    return lambda number: str(number).translate({48 + digit: zero + digit for digit in range(10)})


#: The forms of ECMA-376 (ST_NumberFormat) met in China; any other counts in figures.
_COUNTED: Form = chinese
_FORMS: dict[str, Form] = {
    "chineseCounting": _COUNTED,
    "chineseCountingThousand": _COUNTED,
    "japaneseCounting": _COUNTED,
    "taiwaneseCounting": _COUNTED,
    "taiwaneseCountingThousand": _COUNTED,
    "koreanCounting": _COUNTED,
    "chineseLegalSimplified": lambda number: chinese(number, _LEGAL, "拾佰仟"),
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "ideographZodiac": lambda number: _BRANCHES[(number - 1) % 12],
    "decimalEnclosedCircle": lambda number: chr(0x245F + number) if number <= 20 else str(number),
    "decimalEnclosedCircleChinese": lambda number: chr(0x245F + number) if number <= 20 else str(number),
    "decimalFullWidth": _digits(0xFF10),
    "decimalFullWidth2": _digits(0xFF10),
    "decimalZero": lambda number: f"{number:02}",
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
}


def shown(number: int, form: str) -> str:
    """One counter in one of these forms."""
    return _FORMS.get(form, str)(number) if number > 0 else str(number)


class Numbering:
    """The lists of a file and how far each has counted."""

    def __init__(self, package: Package, part: str) -> None:
        root = package.xml(part)
        self._levels: dict[str, list[tuple[str, str, int]]] = {}
        self._list_of: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)
        for one in () if root is None else root:
            if local(one) == "abstractNum":
                self._levels[attribute(one, "abstractNumId") or ""] = _levels(one)
            elif local(one) == "num":
                self._list_of[attribute(one, "numId") or ""] = attribute(child(one, "abstractNumId"), "val") or ""

    def before(self, properties: _Element | None) -> str:
        """What stands before the paragraph with these properties of numbering (numPr); counts it."""
        number = attribute(child(properties, "numId"), "val") or ""
        key = self._list_of.get(number)
        levels = self._levels.get(key or "")
        written = attribute(child(properties, "ilvl"), "val") or "0"
        if key is None or not levels or written not in set("012345678"):
            return ""
        level = int(written)
        if level >= len(levels):
            return ""
        counts = self._counts[key]
        previous = counts[level]
        counts[level] = levels[level][2] if previous is None else previous + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return self._text(levels, counts, level)

    @staticmethod
    def _text(levels: list[tuple[str, str, int]], counts: list[int | None], level: int) -> str:
        form, text, _ = levels[level]
        if form in ("bullet", "none"):
            return ""

        def count(found: re.Match[str]) -> str:
            wanted = int(found[1]) - 1
            if wanted >= len(levels):
                return ""
            value = counts[wanted]
            return shown(levels[wanted][2] if value is None else value, levels[wanted][0])

        return re.sub(r"%([1-9])", count, text[:100])


def _levels(abstract: _Element) -> list[tuple[str, str, int]]:
    """Form, text and first number of each level."""
    found = []
    for one in abstract:
        if local(one) == "lvl":
            start = attribute(child(one, "start"), "val") or "1"
            found.append(
                (
                    attribute(child(one, "numFmt"), "val") or "decimal",
                    attribute(child(one, "lvlText"), "val") or "",
                    int(start) if start.isdecimal() and len(start) < 6 else 1,
                )
            )
    return found[:_LEVELS]
