"""档号 by the agency's template (DA/T 22-2015 [M]: 全宗号-门类·年度-保管期限-机构-件号, e.g. X043-WS·2026-D30-GK-0001).

The template is filled here, never by `str.format`: a name may stand in it, and of the number how many digits it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency
from gongkai.law.texts import Text

#: What a person sets (fields of Agency).
SETTINGS = ("fonds", "archive_category", "archive_unit", "archive_retention", "archive_template")
PLACEHOLDERS = ("fonds", "category", "year", "retention", "unit", "number")
LONGEST = 80
#: What a number may be made of: it also names files and folders.
_PLAIN = re.compile(r"[0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff·.\-_—〔〕()（）]*")
_DIGITS = re.compile(r"0[1-9]")
_LARGEST = 999_999


def formatted(agency: Agency, year: int, number: int) -> str:
    """The 档号 of the `number`th item of a year. Of a template that `check` passed."""
    values = {"fonds": agency.fonds, "category": agency.archive_category, "retention": agency.archive_retention}
    values |= {"unit": agency.archive_unit, "year": str(year)}
    parts = []
    for text, name, digits, _ in Formatter().parse(agency.archive_template):
        parts.append(text)
        if name == "number":
            parts.append(str(number).zfill(int(digits or 0)))
        elif name:
            parts.append(values[name])
    return "".join(parts)


def check(agency: Agency) -> None:
    """Raises Invalid, with the field, for settings of which no number could be made."""
    for name in SETTINGS[:-1]:
        value = str(getattr(agency, name))
        if not _PLAIN.fullmatch(value):
            message = Text("只能用汉字、字母、数字和 · . - _ 〔〕（）。", "Letters, digits and · . - _ only.")
            raise Invalid(name, message)
    for fault in _faults(agency.archive_template):
        raise Invalid("archive_template", fault)
    if agency.fonds and len(formatted(agency, 2026, _LARGEST)) > LONGEST:
        message = Text(f"按此模板生成的档号会超过{LONGEST}个字。", f"The number would be longer than {LONGEST}.")
        raise Invalid("archive_template", message)


def _faults(template: str) -> Iterator[Text]:
    """What is wrong with a template, in the words of whoever typed it."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        yield Text("花括号没有成对。", "A brace has no partner.")
        return
    names = [name for _, name, _, _ in parts if name is not None]
    listed = "、".join(f"{{{name}}}" for name in PLACEHOLDERS)
    for unknown in (name for name in names if name not in PLACEHOLDERS):
        yield Text(f"没有“{{{unknown}}}”这个空位。可用的有：{listed}。", f"There is no {{{unknown}}}; use {listed}.")
    for _, place, digits, conversion in parts:
        if conversion or (digits and not (place == "number" and _DIGITS.fullmatch(digits))):
            yield Text(
                "空位里只能写名称；件号可以写明位数，例如 {number:04}。",
                "A placeholder is a name only; the number may say its digits: {number:04}.",
            )
    if names.count("number") != 1:
        yield Text("须有且只有一个件号 {number}。", "There must be one {number}, and only one.")
    if not all(_PLAIN.fullmatch(text) for text, *_ in parts):
        yield Text(
            "空位以外只能用汉字、字母、数字和 · . - _ 〔〕（）。",
            "Beside placeholders letters, digits and · . - _ only.",
        )
