"""D6: numbers of bank cards and accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.documents.offices import Office, bare
from gongkai.documents.privacy.finding import Severity
from gongkai.documents.privacy.hits import Hit, Taken, before
from gongkai.documents.privacy.lines import Line
from gongkai.documents.privacy.numbers import is_named_otherwise
from gongkai.law.texts import Text
from gongkai.vault.masking import mask_card
from gongkai.vault.personal_numbers import AFTER, BEFORE, CARD

_CARD = re.compile(BEFORE + r"(?<!\d[.,-])" + CARD + AFTER + r"(?!\s*(?:\.\d|元|万元))")
_ACCOUNT = re.compile(BEFORE + r"\d{12,25}" + AFTER)
_NAMED = re.compile(r"账号|帐号|卡号|账户|帐户|开户行|银行卡|存折|户名|打卡")
_DIGITS = re.compile(r"\d[ \d-]{11}")
_TELL = Text("银行卡号或者账号，不得公开。请删除，或者遮盖为后4位。",
             "A bank card or account number must not be public. Delete it, or mask it to its last four digits.")  # fmt: skip
_TELL_LOOK = Text("可能是银行卡号（符合校验规则）。请核对；如果是，请遮盖。",
                  "Perhaps a bank card number (its check digit holds). Check it; if it is one, mask it.")  # fmt: skip
_TELL_ACCOUNT = Text("可能是银行账号。不是单位公开的账号的，请删除或者遮盖。",
                     "Perhaps a bank account. Unless an organisation gives it to the public, delete or mask it.")  # fmt: skip


def find(line: Line, taken: Taken, office: Office) -> Iterator[Hit]:
    if not _DIGITS.search(line.text):
        return
    for found in _CARD.finditer(line.text):
        hit = None if taken.claims(*found.span()) else _judged(line, found, office)
        if hit:
            taken.add(*found.span())
            yield hit
    for found in _ACCOUNT.finditer(line.text):
        number = found[0]
        if not taken.claims(*found.span()) and _is_named(line, found.start()) and number not in office.accounts:
            taken.add(*found.span())
            yield Hit("D6", Severity.WARN, _TELL_ACCOUNT, *found.span(), mask_card(number), number)


def _judged(line: Line, found: re.Match[str], office: Office) -> Hit | None:
    from stdnum import luhn

    number = bare(found[0])
    if number in office.accounts or not luhn.is_valid(number) or len(set(number)) < 3:
        return None
    if _is_named(line, found.start()):
        return Hit("D6", Severity.BLOCK, _TELL, *found.span(), mask_card(found[0]), number)
    if is_named_otherwise(line, found.start()) or not _is_card_like(number):
        return None
    return Hit("D6", Severity.WARN, _TELL_LOOK, *found.span(), mask_card(found[0]), number)


def _is_named(line: Line, start: int) -> bool:
    """Whether it is called an account, by the words before it or by its column."""
    return bool(_NAMED.search(before(line.text, start, 30)) or _NAMED.search(line.head))


def _is_card_like(number: str) -> bool:
    """The lengths and first digits that cards have (one random number in ten has the right check digit)."""
    length = len(number)
    if number.startswith("62"):
        return 16 <= length <= 19
    if length == 15:
        return number.startswith(("34", "37"))
    return length == 16 and bool(re.match(r"4|5[1-5]|35(?:2[89]|[3-8])", number))
