"""The sections of a report as they are written: what they are called, in which part they stand, which must have words."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.annual_report.models import SECTIONS
from gongkai.law.report_form import ASPECTS, PARTS
from gongkai.law.texts import Text, chinese_numeral


@dataclass(frozen=True, slots=True)
class Section:
    """``required``: the form wants words there; beside the tables there may be a note. ``part``: 1 to 6."""

    key: str
    part: int
    name: Text
    required: bool

    @property
    def heading(self) -> str:
        """As the report prints it above the words."""
        if "." in self.key:
            return f"（{chinese_numeral(int(self.key[2:]))}）{self.name.zh}"
        return f"{chinese_numeral(self.part)}、{self.name.zh}"

    @property
    def title(self) -> Text:
        """As the desk lists it."""
        return Text(self.heading, f"{self.key} {self.name.en}")


def _section(key: str) -> Section:
    part = int(key[0])
    if "." in key:
        return Section(key, part, ASPECTS[int(key[2:]) - 1].name, required=True)
    return Section(key, part, PARTS[part - 1].name, required=key in ("5", "6"))


BY_KEY = {key: _section(key) for key in SECTIONS}
ALL = tuple(BY_KEY.values())
