"""What the privacy scan says of a file: rule, how grave, where, and a sample that gives nothing away."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from gongkai.documents.reading.normal import AsideKind, Place
from gongkai.law.texts import Text


class Severity(StrEnum):
    """BLOCK: does not go out; WARN: a person looks at it; INFO: worth knowing."""

    INFO = "info"
    WARN = "warn"
    BLOCK = "block"

    @property
    def weight(self) -> int:
        return ("info", "warn", "block").index(self.value)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. ``rule`` is the detector's id (D1–D19); ``sample`` is masked; ``length`` counts the characters
    found; ``beside`` tells in which kind of aside it lies, None in the visible text; ``places`` is where it stands."""

    rule: str
    severity: Severity
    message: Text
    sample: str
    place: Place
    length: int = 0
    beside: AsideKind | None = None

    def as_data(self) -> dict[str, Any]:
        """For JSON: only what is not empty."""
        place = {name: value for name, value in asdict(self.place).items() if value is not None}
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "message": self.message.zh,
            "message_en": self.message.en,
            "sample": self.sample,
            "place": place,
            **({"beside": self.beside.value} if self.beside else {}),
        }
