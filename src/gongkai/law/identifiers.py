"""Numbers that identify an applicant (身份证明, 条例 29(一)): resident ID, 统一社会信用代码, organisation code.

They are checked, not looked up: a right check digit says only that the number was not mistyped. The first two use
python-stdnum, imported when first needed, so that the rest of the package stands on the standard library alone.
"""

from __future__ import annotations

import datetime as dt
import re

from gongkai.law.citations import REG
from gongkai.law.errors import IdentifierError
from gongkai.law.texts import Text

_ORGANISATION = re.compile(r"[0-9A-Z]{8}[0-9X]")
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_OLD_RESIDENT = re.compile(r"[0-9]{15}")
_FIRST_BIRTH = dt.date(1880, 1, 1)


def resident_id(text: str, today: dt.date | None = None) -> str:
    """The number of a 居民身份证 in its 18 characters (GB 11643): place, day of birth and check digit hold.

    Spaces are taken out, a small x is made large, the 15 digits of cards issued before 1999 are completed.
    ``today``: a birth after it is refused.

    Raises ``IdentifierError`` ("resident_id"; 条例 29).
    """
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    number = _plain(text)
    if _OLD_RESIDENT.fullmatch(number):
        number = _completed(number)
    try:
        found: str = ric.validate(number)
        born = ric.get_birth_date(found)
    except (ValidationError, ValueError):
        raise _wrong("resident_id", "居民身份证号码", "a resident ID number") from None
    if not number.isascii() or born < _FIRST_BIRTH or (today is not None and born > today):
        raise _wrong("resident_id", "居民身份证号码", "a resident ID number")
    return found


def _completed(number: str) -> str:
    """The 18 characters of a number of 15 digits: the century is the twentieth, the check digit computed."""
    body = f"{number[:6]}19{number[6:]}"
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


def credit_code(text: str) -> str:
    """A 统一社会信用代码 in its 18 characters (GB 32100), check character included.

    The check digit of the organisation code inside is not asked for: an applicant is not to be turned away for what
    the registry may have done otherwise.

    Raises ``IdentifierError`` ("credit_code"; 条例 29).
    """
    from stdnum.cn import uscc
    from stdnum.exceptions import ValidationError

    number = _plain(text)
    try:
        found: str = uscc.validate(number)
    except (ValidationError, ValueError):
        raise _wrong("credit_code", "统一社会信用代码", "a unified social credit code") from None
    if not number.isascii():
        raise _wrong("credit_code", "统一社会信用代码", "a unified social credit code")
    return found


def organisation_code(text: str) -> str:
    """A 组织机构代码 in its nine characters (GB 11714), as old papers of organisations still carry it.

    Raises ``IdentifierError`` ("organisation_code"; 条例 29).
    """
    number = _plain(text)
    if not _ORGANISATION.fullmatch(number) or number[8] != _organisation_check(number):
        raise _wrong("organisation_code", "组织机构代码", "an organisation code")
    return number


def _organisation_check(number: str) -> str:
    total = sum(int(character, 36) * weight for character, weight in zip(number, _WEIGHTS, strict=False))
    return "0123456789X0"[11 - total % 11]


def _plain(text: str) -> str:
    return re.sub(r"[\s\-－]", "", text).upper()


def _wrong(code: str, zh: str, en: str) -> IdentifierError:
    return IdentifierError(
        code, Text(f"这不是有效的{zh}，请核对。", f"This is not {en}; please check it."), REG(29, item=1)
    )
