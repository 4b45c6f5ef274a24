"""The one masking rule of the whole house (platform-standards §6.3, law.md §8.3 [I]): of an identity number the first
four and the last two characters stay, of a telephone number three and four, of a card number the last four.

One rule everywhere, applied by the software: two lists that hide different parts of a number give the whole of it
away. Not more than two of the last four of an ID stay, because these four are the second proof on the progress page.
"""

from __future__ import annotations

import re

from gongkai.vault import personal_numbers

#: What is hidden already counts as a sign, so that a number masked badly is masked by the same rule.
_SIGN = re.compile(r"[0-9A-Za-z*]")
_MOBILE = re.compile(personal_numbers.MOBILE)
_ADDRESS = re.compile(r"^.{2,}?(?:村|社区|街道|镇|乡|路|街|道)(?![道委])")


def mask_name(name: str) -> str:
    """„张三丰“ becomes „张**“; long names keep their first and last two characters. At least half is hidden."""
    if len(name) < 8:
        return name[:1] + "*" * max(len(name) - 1, 1)
    return name[:2] + "*" * (len(name) - 4) + name[-2:]


def mask_identity(number: str) -> str:
    """A number of identity, whatever kind: first four and last two of a long one, one and two of a passport's length,
    nothing of a shorter one."""
    length = _length(number)
    if length >= 12:
        return _mask(number, 4, 2)
    return _mask(number, 1, 2) if length >= 8 else _mask(number, 0, 0)


def mask_telephone(number: str) -> str:
    """Three and four of a mobile or a fixed line with its area code, of a shorter number the last two."""
    country = re.match(r"\+?86[ -]?(?=1)", number)
    if country and _MOBILE.fullmatch(number):
        return country[0] + mask_telephone(number[country.end() :])
    length = _length(number)
    if length >= 11:
        return _mask(number, 3, 4)
    return _mask(number, 0, 2) if length >= 7 else _mask(number, 0, 0)


def mask_card(number: str) -> str:
    """The last four of a card or account number; none of one so short that they would be more than half."""
    return _mask(number, 0, 4 if _length(number) >= 8 else 0)


def mask_number(number: str) -> str:
    """A number of which only its form tells what it is; where that tells nothing, all of it is hidden."""
    bare = re.sub(r"[\s-]", "", number)
    if re.fullmatch(r"(?:\+?86)?1[3-9]\d{9}|0\d{9,11}", bare):
        return mask_telephone(number)
    if re.fullmatch(r"\d{17}[0-9Xx]|\d{15}|[A-Z]{1,2}\d{7,10}|[0-9A-Z]{18}", bare):
        return mask_identity(number)
    if re.fullmatch(r"\d{12,}", bare):
        return mask_card(number)
    return _mask(number, 0, 0)


def mask_email(address: str) -> str:
    """First character and domain of an e-mail address."""
    local, at, domain = address.partition("@")
    return f"{local[:1]}***{at}{domain}"


def mask_address(address: str) -> str:
    """An address down to its village or road; nothing of one that names none."""
    kept = _ADDRESS.match(address)
    return f"{kept[0]}***" if kept and kept.end() < len(address) else "***" if address else ""


def mask_within(text: str) -> str:
    """A text in which every number or address that looks like a person's is hidden, whole: nobody needs to know it
    again there. People's names it does not know."""
    return personal_numbers.ANY.sub(lambda found: mask_email(found[0]) if found["mail"] else "*" * len(found[0]), text)


def _length(number: str) -> int:
    return len(_SIGN.findall(number))


def _mask(number: str, first: int, last: int) -> str:
    """Letters and digits hidden but for so many at either end; what stands between groups stays."""
    places = [match.start() for match in _SIGN.finditer(number)]
    hidden = set(places[first : len(places) - last])
    return "".join("*" if place in hidden else sign for place, sign in enumerate(number))
