"""What an audit finds: rule, severity, place, a sentence for the clerk, the values that disagree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongkai.annual_report.reading import Report, Style
from gongkai.law.texts import Text, chinese_numeral


class Severity(StrEnum):
    """``error``: certainly wrong; ``warning``: a person must look; ``info``: a hint."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> Text:
        """The word for people."""
        return _LABELS[self]


_LABELS = {
    Severity.ERROR: Text("错误", "Error"),
    Severity.WARNING: Text("可疑", "Warning"),
    Severity.INFO: Text("提示", "Hint"),
}

FindingValue = int | Decimal | str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``values`` are the two numbers or texts that disagree (prose first, then table)."""

    rule: str
    severity: Severity
    place: Text
    message: Text
    values: tuple[FindingValue, ...] = ()
    line: int | None = None

    @property
    def where(self) -> str:
        """The place in Chinese, the language of the report."""
        return self.place.zh


def place_of(report: Report, line: int) -> Text:
    """Part, sub-heading and line, as a clerk looks for them: 第一部分（二）依申请公开，第19行."""
    part = report.part_at(line)
    names = []
    if part is not None:
        names.append(Text(f"第{chinese_numeral(part)}部分", f"part {part}"))
        above = [h for h in report.headings_in(part) if h.style is Style.BRACKETED and h.line <= line]
        if above:
            names.append(Text(f"{above[-1].mark}{above[-1].title}", f"{above[-1].mark}{above[-1].title}"))
    number = Text(f"第{line}行", f"line {line}")
    if not names:
        return number
    return Text("".join(n.zh for n in names) + f"，{number.zh}", ", ".join([*(n.en for n in names), number.en]))
