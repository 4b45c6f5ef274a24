"""What an applicant writes later (补正, 理由) may hold an ID number or a telephone number. The step, which every reader
of the case sees and replies quote, keeps it masked; the words as they came lie sealed among the papers."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.vault.masking import mask_within


@dataclass(frozen=True)
class Verbatim:
    """The words as they came, as a file of the case."""

    name: str
    data: bytes
    media_type: str = "text/plain"


def without_identity(text: str, name: str) -> tuple[str, list[Verbatim]]:
    """The text for the step, and, where something in it had to be masked, the paper that keeps the original."""
    given = text.strip()
    masked = mask_within(given)
    return (given, []) if masked == given else (masked, [Verbatim(name, given.encode())])
