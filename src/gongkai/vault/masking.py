"""The one masking rule of the whole house for identity data in lists and to those who need not see it whole."""

from __future__ import annotations

import re


def mask_name(name: str) -> str:
    """„张三丰“ becomes „张**“; long names keep their first and last two characters. At least half is hidden."""
    if len(name) < 8:
        return name[:1] + "*" * max(len(name) - 1, 1)
    return name[:2] + "*" * (len(name) - 4) + name[-2:]


def mask_number(number: str, shown: int = 4) -> str:
    """Only the last four characters of an identity, telephone or card number (law.md §8.3 [I]); none of a number so
    short that they would be more than half of it."""
    hidden = len(number) - shown if len(number) >= 2 * shown else len(number)
    return "*" * hidden + number[hidden:]


def mask_email(address: str) -> str:
    """First character and domain of an e-mail address."""
    local, at, domain = address.partition("@")
    return f"{local[:1]}***{at}{domain}"


#: What identifies a person wherever it stands in a text: numbers of identity and bank cards, of mobile and other
#: telephones, of passports and permits (blanks between their groups allowed), and e-mail addresses. In a text: years,
#: sums and document numbers stay.
_IN_TEXT = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"\d{6}[ -]?\d{8}[ -]?\d{3}[0-9Xx]|\d{15,19}"
    r"|[3-69]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?"
    r"|(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}"
    r"|0\d{2,3}[ -]\d{7,8}(?:-\d{1,6})?"
    r"|[DEGHKMPS][A-Z]?\d{7,9}"
    r")(?![0-9A-Za-z])"
    r"|(?P<mail>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
)


def mask_within(text: str) -> str:
    """A text in which every number or address that looks like a person's is masked. People's names it does not know."""
    return _IN_TEXT.sub(lambda found: mask_email(found[0]) if found["mail"] else "*" * len(found[0]), text)
