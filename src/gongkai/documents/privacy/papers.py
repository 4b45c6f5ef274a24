"""D7–D9, D11, D12: passports, permits, number plates, codes of organisations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.documents.privacy.finding import Severity
from gongkai.documents.privacy.hits import Hit, Taken, before
from gongkai.documents.privacy.lines import Line
from gongkai.law.errors import IdentifierError
from gongkai.law.identifiers import organisation_code
from gongkai.law.texts import Text
from gongkai.vault.masking import mask_identity
from gongkai.vault.personal_numbers import AFTER, BEFORE, PASSPORT, PERMIT

_PASSPORT = re.compile(BEFORE + PASSPORT + AFTER)
_PERMIT = re.compile(BEFORE + rf"(?:{PERMIT}|\d{{8}})" + AFTER)
_PASSPORT_NAMED = re.compile(r"护照|passport", re.IGNORECASE)
_PERMIT_NAMED = re.compile(r"通行证|回乡证|台胞证|往来(?:港澳|台湾|大陆|内地)")
_PLATE = re.compile(
    r"(?<![\u4e00-\u9fa5]{2}第)[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•. ]?"
    r"(?=[A-HJ-NP-Z0-9]*\d)(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[A-HJ-NP-Z0-9]{6})(?![0-9A-Za-z号-])"
)
_CREDIT_CODE = re.compile(BEFORE + r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}" + AFTER)
_ORGANISATION = re.compile(r"(?P<name>组织机构代码|索引号)\D{0,6}(?P<code>[0-9A-Z]{8}-?[0-9X])(?![0-9A-Z])")
_TELL_PASSPORT = Text("护照号码。请删除或者遮盖。", "A passport number. Delete or mask it.")
_TELL_PERMIT = Text("通行证号码。请删除或者遮盖。", "The number of a travel permit. Delete or mask it.")
_TELL_PLATE = Text("车牌号码。是个人车辆的，请遮盖。", "A number plate. If it is a private car's, mask it.")
_TELL_CODE = Text(
    "统一社会信用代码，可以公开，仅供核对。", "A unified social credit code: may be public; only for checking."
)
_TELL_TRADER = Text("个体工商户的统一社会信用代码（92开头），能够识别经营者个人。请确认应当公开。",
                    "The credit code of a sole trader (begins with 92) identifies a person. Make sure that it should be public.")  # fmt: skip
_TELL_INDEX = Text(
    "组织机构代码的校验位不对，请核对。", "The check character of this organisation code is wrong; check it."
)
_TELL_ORGANISATION = Text(
    "组织机构代码，可以公开，仅供核对。", "An organisation code: may be public; only for checking."
)


def find(line: Line, taken: Taken) -> Iterator[Hit]:
    if not any(sign.isdigit() for sign in line.text):
        return
    yield from _codes(line, taken)
    for rule, pattern, named, message in (
        ("D7", _PASSPORT, _PASSPORT_NAMED, _TELL_PASSPORT),
        ("D8", _PERMIT, _PERMIT_NAMED, _TELL_PERMIT),
    ):
        if not (named.search(line.text) or named.search(line.head)):
            continue
        for found in pattern.finditer(line.text):
            near = named.search(before(line.text, found.start())) or named.search(line.head)
            if near and not taken.claims(*found.span()):
                taken.add(*found.span())
                yield Hit(rule, Severity.WARN, message, *found.span(), mask_identity(found[0]), found[0])
    for found in _PLATE.finditer(line.text):
        if not taken.claims(*found.span()):
            taken.add(*found.span())
            yield Hit("D9", Severity.WARN, _TELL_PLATE, *found.span(), _masked(found[0]), found[0])


def _masked(plate: str) -> str:
    return plate[:2] + "*" * (len(plate) - 3) + plate[-1]


def _codes(line: Line, taken: Taken) -> Iterator[Hit]:
    from stdnum.cn import uscc

    for found in _CREDIT_CODE.finditer(line.text):
        if taken.claims(*found.span()) or not uscc.is_valid(found[0]):
            continue
        taken.add(*found.span())
        trader = found[0].startswith("92")
        severity, message = (Severity.WARN, _TELL_TRADER) if trader else (Severity.INFO, _TELL_CODE)
        yield Hit("D11", severity, message, *found.span(), mask_identity(found[0]) if trader else found[0], found[0])
    for found in _ORGANISATION.finditer(line.text):
        span = found.span("code")
        if not taken.claims(*span):
            taken.add(*span)
            yield from _organisation(found["name"], found["code"], span)


def _organisation(name: str, code: str, span: tuple[int, int]) -> Iterator[Hit]:
    """An index number begins with the code of who made it: only a wrong one is worth a word."""
    try:
        organisation_code(code)
    except IdentifierError:
        yield Hit("D12", Severity.INFO, _TELL_INDEX, *span, code, code)
    else:
        if name != "索引号":
            yield Hit("D12", Severity.INFO, _TELL_ORGANISATION, *span, code, code)
