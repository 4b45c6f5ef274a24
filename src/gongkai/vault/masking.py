"""The one masking rule of the whole house for identity data in lists and to those who need not see it whole."""

from __future__ import annotations


def mask_name(name: str) -> str:
    """„张三丰“ becomes „张**“; organisations keep their first and last two characters."""
    if len(name) <= 4:
        return name[:1] + "*" * max(len(name) - 1, 1)
    return name[:2] + "*" * (len(name) - 4) + name[-2:]


def mask_number(number: str, shown: int = 4) -> str:
    """Only the last four characters of an identity, telephone or card number (law.md §8.3 [I])."""
    return "*" * max(len(number) - shown, 0) + number[-shown:] if len(number) > shown else "*" * len(number)


def mask_email(address: str) -> str:
    """First character and domain of an e-mail address."""
    local, at, domain = address.partition("@")
    return f"{local[:1]}***{at}{domain}"
