"""D4, D5, D10: telephones, e-mail addresses and accounts of messengers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.documents.offices import Office, bare
from gongkai.documents.privacy.finding import Severity
from gongkai.documents.privacy.hits import Hit, Taken
from gongkai.documents.privacy.lines import Line
from gongkai.documents.privacy.numbers import is_named_otherwise
from gongkai.law.texts import Text
from gongkai.vault.masking import mask_email, mask_telephone
from gongkai.vault.personal_numbers import AFTER, BEFORE, EMAIL, LANDLINE, MOBILE

#: After a number that is counted in something.
_UNIT = r"(?!\s*(?:\.\d|,\d{3}|元|万|亿|吨|平方|㎡|公里|千瓦|度|人|户|份|件|次|美元|%))"
_MOBILE = re.compile(
    r"(?:(?<![0-9A-Za-z])|(?<=[Tt]el)|(?<=TEL)|(?<=[VvWw][Xx]))"
    + r"(?<!\d[.,-])(?<![*])"
    + MOBILE
    + AFTER
    + r"(?![*-]\d|[*])"
    + _UNIT
)
_LANDLINE = re.compile(BEFORE + r"(?<!\d[.,-])" + LANDLINE + AFTER + _UNIT)
_EMAIL = re.compile(EMAIL)
_MESSENGER = re.compile(
    r"(?:微信(?:号|帐号|账号)?|QQ(?:号码|号)?|qq(?:号码|号)?)[:： ]{1,2}(?P<id>[A-Za-z0-9_-]{5,20})(?![A-Za-z0-9_-])"
)
_PUBLIC_MAIL = re.compile(r"\.gov\.cn$", re.IGNORECASE)
_SEVEN_DIGITS = re.compile(r"\d[ -]?\d{3}[ -]?\d{3}")
_TELL_MOBILE = Text("手机号码。不是办公电话的，请删除或者遮盖为前3位和后4位。",
                    "A mobile telephone number. Unless it is an office's, delete it or mask it to its first three and last four digits.")  # fmt: skip
_TELL_LANDLINE = Text("固定电话号码。请确认是办公电话。", "A fixed telephone number. Make sure that it is an office's.")
_TELL_EMAIL = Text("电子邮箱。不是机关公开的邮箱的，请删除或者遮盖。",
                   "An e-mail address. Unless the office gives it to the public, delete or mask it.")  # fmt: skip
_TELL_MESSENGER = Text("微信或者QQ号码。是个人的，请删除。", "A WeChat or QQ account. If it is a person's, delete it.")


def find(line: Line, taken: Taken, office: Office) -> Iterator[Hit]:
    if _SEVEN_DIGITS.search(line.text):
        yield from _telephones(line, taken, office)
    if "@" in line.text:
        yield from _emails(line, taken, office)
    for found in _MESSENGER.finditer(line.text):
        start, end = found.span("id")
        if not taken.claims(start, end):
            taken.add(start, end)
            yield Hit("D10", Severity.WARN, _TELL_MESSENGER, start, end, _masked(found["id"]), found["id"])


def _masked(account: str) -> str:
    return account[:2] + "*" * (len(account) - 2)


def _telephones(line: Line, taken: Taken, office: Office) -> Iterator[Hit]:
    for rule, pattern, severity, message in (
        ("D4", _MOBILE, Severity.WARN, _TELL_MOBILE),
        ("D5", _LANDLINE, Severity.INFO, _TELL_LANDLINE),
    ):
        for found in pattern.finditer(line.text):
            number = re.sub(r"^86(?=1)", "", bare(found[0]))
            if taken.claims(*found.span()):
                continue
            taken.add(*found.span())
            if number not in office.telephones and not _something_else(line, found.start(), number):
                yield Hit(rule, severity, message, *found.span(), mask_telephone(found[0]), number)


def _something_else(line: Line, start: int, number: str) -> bool:
    """A round sum, or what is named as a number of another kind."""
    return number.endswith("0000000") or is_named_otherwise(line, start)


def _emails(line: Line, taken: Taken, office: Office) -> Iterator[Hit]:
    for found in _EMAIL.finditer(line.text):
        if taken.claims(*found.span()):
            continue
        taken.add(*found.span())
        address = found[0].lower()
        if not _PUBLIC_MAIL.search(address) and address not in office.emails:
            yield Hit("D10", Severity.WARN, _TELL_EMAIL, *found.span(), mask_email(found[0]), address)
