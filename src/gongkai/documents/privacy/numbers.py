"""D1–D3: identity numbers of residents, of people from Hong Kong, Macao and Taiwan, and of foreigners."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from gongkai.documents.offices import bare
from gongkai.documents.privacy.finding import Severity
from gongkai.documents.privacy.hits import Hit, Taken, before
from gongkai.documents.privacy.lines import Line
from gongkai.law.texts import Text
from gongkai.vault.masking import mask_identity
from gongkai.vault.personal_numbers import AFTER, BEFORE, OLD_RESIDENT_ID

#: The first two digits that a province has (GB/T 2260); 81–83 are residence permits of Hong Kong, Macao and Taiwan.
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71".split()
)
PERMITS = ("810000", "820000", "830000")
#: What names other numbers of 18 digits, one in eleven of which has the check digit of an identity number by chance.
OTHER_NUMBER = re.compile(
    r"(?:(?:订单|流水|单据|票据|发票|项目|合同|备案|采购|招标|公告|许可|产权证|凭证|物流|运单|快递|批次|设备|资产|信用|序列|工单)"
    r"(?:代码|编号|编码|号码|号|序号)?|(?<!证)(?<!身份)(?:代码|编号|编码|序列号|流水号|单号|型号))[:： ]*$"
)
#: What people put between the signs of a number: up to two of these at any place. The check character tells.
BETWEEN = r"[ ._/|·•-]{0,2}"
_RESIDENT = re.compile(
    r"(?<!\d)(?=[1-9])"
    + BETWEEN.join([*[r"\d"] * 6, r"(?:1(?=" + BETWEEN + r"[89])|2(?=" + BETWEEN + r"0))", *[r"\d"] * 10, "[0-9Xx]"])
    + r"(?!\d)"
)
_OLD = re.compile(BEFORE + r"(?<!\d[.-])" + OLD_RESIDENT_ID + AFTER + r"(?![.]\d)")
_LONG = re.compile(rf"\d(?:{BETWEEN}\d){{11}}")
_TELL = Text("居民身份证号码，不得公开。请删除，或者遮盖为前4位和后2位。",
             "A resident ID number must not be public. Delete it, or mask it to its first four and last two characters.")  # fmt: skip
_TELL_LABELLED = Text("这个18位号码符合居民身份证号码的校验规则，但前面写着别的名称。请核对它是不是身份证号码。",
                      "This number of 18 digits has the check digit of a resident ID, but another name stands before it. Check what it is.")  # fmt: skip
_TELL_OLD = Text("可能是15位的旧身份证号码。请核对；如果是，请遮盖。",
                 "Perhaps an old ID number of 15 digits. Check it; if it is one, mask it.")  # fmt: skip
_TELL_PERMIT = Text("港澳台居民居住证或者外国人永久居留身份证号码，不得公开。请删除或者遮盖。",
                    "The number of a residence permit (Hong Kong, Macao, Taiwan, foreigners) must not be public. Delete or mask it.")  # fmt: skip


def find(line: Line, taken: Taken) -> Iterator[Hit]:
    if not _LONG.search(line.text):
        return
    for rule, found in _residents(line.text):
        taken.add(*found.span())
        yield _hit(rule, bare(found[0]), found, labelled=is_named_otherwise(line, found.start()))
    for found in _OLD.finditer(line.text):
        if (
            not taken.claims(*found.span())
            and is_old_resident(found[0])
            and not is_named_otherwise(line, found.start())
        ):
            taken.add(*found.span())
            yield Hit("D2", Severity.WARN, _TELL_OLD, *found.span(), mask_identity(found[0]), found[0])


def _residents(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """With the rule of each. What only looks like one may hide where the true one begins: the search goes on inside."""
    at = 0
    while found := _RESIDENT.search(text, at):
        if rule := rule_of(bare(found[0])):
            yield rule, found
            at = found.end()
        else:
            at = found.start() + 1


def over_cells(cells: Sequence[Line]) -> Iterator[tuple[Hit, Line]]:
    """Numbers that a form divides over the cells of one row: a sign a cell, or place, birth and the rest."""
    edges = list(accumulate((len(cell.text.strip()) + 1 for cell in cells), initial=0))
    text = "|".join(cell.text.strip() for cell in cells)
    for rule, found in _residents(text):
        if "|" in found[0] and found.start() in edges and found.end() + 1 in edges:
            first, number = cells[edges.index(found.start())], bare(found[0])
            message = _TELL if rule == "D1" else _TELL_PERMIT
            yield Hit(rule, Severity.BLOCK, message, 0, len(first.text), mask_identity(number), number), first


def is_named_otherwise(line: Line, start: int) -> bool:
    """Whether the words before it, or its column, call it a number of another kind."""
    return bool(OTHER_NUMBER.search(before(line.text, start, 12)) or OTHER_NUMBER.search(line.head))


def _hit(rule: str, number: str, found: re.Match[str], *, labelled: bool) -> Hit:
    if labelled:
        return Hit(rule, Severity.WARN, _TELL_LABELLED, *found.span(), mask_identity(found[0]), number)
    message = _TELL if rule == "D1" else _TELL_PERMIT
    return Hit(rule, Severity.BLOCK, message, *found.span(), mask_identity(found[0]), number)


@lru_cache(maxsize=4096)
def rule_of(number: str) -> str | None:
    """D1 or D3 where 18 characters are such a number: place, day of birth and check character (GB 11643) hold."""
    from stdnum.cn import ric, uscc

    if not _was_born(number[6:14]) or ric.calc_check_digit(number) != number[17]:
        return None
    if number.startswith(PERMITS):
        return "D3"
    if number[0] == "9":
        return None if uscc.is_valid(number) else "D3"
    return "D1" if number[:2] in PROVINCES else None


def is_old_resident(number: str) -> bool:
    return number[:2] in PROVINCES and _was_born("19" + number[6:12])


def _was_born(digits: str) -> bool:
    try:
        day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return dt.date(1880, 1, 1) <= day <= dt.date.today()
