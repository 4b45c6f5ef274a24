"""The one masking rule of the whole house for identity data in lists and to those who need not see it whole."""

from __future__ import annotations


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
