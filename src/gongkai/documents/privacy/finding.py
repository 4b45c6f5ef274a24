"""What the privacy scan says of a file: rule, how grave, where, and a sample that gives nothing away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    def label(self) -> Text:
        return _LABELS[self.value]

    @property
    def weight(self) -> int:
        return ("info", "warn", "block").index(self.value)


_LABELS = {
    "info": Text("提示", "Note"),
    "warn": Text("请核对", "Check"),
    "block": Text("不能发出", "Must not go out"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. ``rule`` is the detector's id (D1–D19), or „pictures“ or „unread“ for what
    nobody looked at; ``sample`` is masked, a star for every character hidden; ``start`` and ``length`` count the
    characters of the line or cell at ``place``; ``beside`` tells in which kind of aside it lies, None in the visible text.
    """

    rule: str
    severity: Severity
    message: Text
    sample: str
    place: Place
    start: int = 0
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
            **({"start": self.start, "length": self.length} if self.length else {}),
            **({"beside": self.beside.value} if self.beside else {}),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Finding:
        """The way back from `as_data`."""
        place = dict(data["place"])
        if place.get("box") is not None:
            place["box"] = tuple(place["box"])
        return cls(
            data["rule"],
            Severity(data["severity"]),
            Text(data["message"], data["message_en"]),
            data["sample"],
            Place(**place),
            data.get("start", 0),
            data.get("length", 0),
            AsideKind(data["beside"]) if "beside" in data else None,
        )


def worst_of(findings: Iterable[Finding]) -> Severity | None:
    """The gravest of them; None where there is none."""
    return max((finding.severity for finding in findings), key=lambda severity: severity.weight, default=None)
