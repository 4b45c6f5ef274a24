"""What is wrong, doubtful or unfinished in a report that is being written: the audit that reads anybody's report, and what
only its writer can be told."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.annual_report.aggregating import members
from gongkai.annual_report.audit import Finding, Severity, audit
from gongkai.annual_report.audit.substance import LONGEST_OVERVIEW
from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.duties import level_of
from gongkai.annual_report.linked_figures import unknown
from gongkai.annual_report.models import Report, Scope
from gongkai.annual_report.writing.as_read import AsRead, as_read
from gongkai.annual_report.writing.sections import ALL, BY_KEY
from gongkai.annual_report.writing.typed_numbers import TypedNumber, typed_numbers
from gongkai.annual_report.writing.word_count import words_in
from gongkai.annual_report.year_before import year_before
from gongkai.law.texts import Text

#: Errors that keep a report from the approver: what cannot be true, or is no report in the form. Our order, no law.
BLOCKING = ("T3-", "T4-", "P-1", "F-1", "F-2", "F-3", "H-", "D-")
#: The audit estimates the length of part one from a file's lines (G-5); here the words themselves are counted (D-5).
COUNTED_HERE = frozenset({"G-5"})
_ASKING = (Severity.ERROR, Severity.WARNING)
#: What a suggested text leaves open.
OPEN_PLACE = re.compile(r"〔请填写[^〔〕]*〕")


@dataclass(frozen=True, slots=True)
class Note:
    """A finding beside the section it stands in (empty: of a table or the whole)."""

    rule: str
    severity: Severity
    section: str
    place: Text
    message: Text
    link: str = field(default="")

    @property
    def blocks(self) -> bool:
        """Whether the report cannot be submitted with it."""
        return self.severity is Severity.ERROR and _is_blocking(self.rule)

    @property
    def asks(self) -> bool:
        """Whether it stays only with a reason."""
        return not self.blocks and self.severity is not Severity.INFO

    @property
    def key(self) -> str:
        """The same for the same finding, however often the report is checked."""
        told = f"{self.rule}|{self.section}|{self.message.zh}"
        return f"{self.rule}-{hashlib.sha256(told.encode()).hexdigest()[:10]}"


def _is_blocking(rule: str) -> bool:
    return any(rule.startswith(one) if one.endswith("-") else rule == one for one in BLOCKING)


def notes_of(content: ReportContent, report: Report, *, with_members: bool = True) -> tuple[Note, ...]:
    """Everything that is to be said, what blocks first, then in the order of the sections. `with_members`: a 汇总 is
    held against everybody it is of, which takes a second for a province."""
    read = as_read(content)
    before = year_before(report.agency, report.year, report.scope)
    asked = report.scope == Scope.WHOLE and with_members
    of_whole = members(report.agency, report.year) if asked else None
    found = audit(read.report, agency_level=level_of(report.agency), previous=before, members=of_whole, own=True)
    notes = [_note(read, one) for one in found if one.rule not in COUNTED_HERE]
    notes += [*_unfinished(content), *_typed(typed_numbers(read), _asked_about(read, found)), *_length(content)]
    keys = list(BY_KEY)
    order = list(Severity)
    return tuple(
        sorted(
            dict.fromkeys(notes),
            key=lambda note: (
                not note.blocks,
                order.index(note.severity),
                keys.index(note.section) if note.section else -1,
            ),
        )
    )


def _note(read: AsRead, finding: Finding) -> Note:
    section = read.section_at(finding.line)
    # A line of the rendered text tells its writer nothing: the section is where it is mended.
    place = BY_KEY[section].title if section else finding.place
    return Note(finding.rule, finding.severity, section, place, finding.message)


def _unfinished(content: ReportContent) -> Iterator[Note]:
    for section in ALL:
        text = content.sections.get(section.key, "")
        if section.required and not text.strip():
            message = Text("还没有内容。", "There are no words yet.")
            yield Note("D-1", Severity.ERROR, section.key, section.title, message)
        for place in OPEN_PLACE.findall(text):
            message = Text(f"建议稿中的{place}还没有填写。", f"An open place of the suggested text is left: {place}")
            yield Note("D-2", Severity.ERROR, section.key, section.title, message)
        for error in unknown(text, content.tables, content.previous):
            yield Note("D-3", Severity.ERROR, section.key, section.title, error.message)


def _asked_about(read: AsRead, found: Sequence[Finding]) -> set[tuple[str, object]]:
    """Section and number of what the audit asks about."""
    return {(read.section_at(one.line), one.values[0]) for one in found if one.values and one.severity in _ASKING}


def _typed(found: tuple[TypedNumber, ...], asked: set[tuple[str, object]]) -> Iterator[Note]:
    """Of a number that the audit asks about already, only the link is offered: one fault, one answer."""
    for one in found:
        title, name = BY_KEY[one.section].title, "{{ " + one.link + " }}"
        if one.agrees:
            message = Text(
                f"这里的{one.number}建议改为引用：{name}，以后表格有变动，文字随之改变。",
                f"Link the {one.number} here to the table: {name}",
            )
            yield Note("D-4", Severity.INFO, one.section, title, message, one.link)
        else:
            message = Text(
                f"这里的{one.number}与表格不一致，表格是{one.table}。可以改为引用：{name}。",
                f"The {one.number} here is {one.table} in the table. It can be linked: {name}",
            )
            severity = Severity.INFO if (one.section, one.number) in asked else Severity.WARNING
            yield Note("D-4", severity, one.section, title, message, one.link)


def _length(content: ReportContent) -> Iterator[Note]:
    length = sum(words_in(content.sections.get(section.key, "")) for section in ALL if section.part == 1)
    if length > LONGEST_OVERVIEW:
        message = Text(
            f"第一部分共{length}字，原则上不超过{LONGEST_OVERVIEW}字。",
            f"Part one has {length} characters; as a rule it has no more than {LONGEST_OVERVIEW}.",
        )
        yield Note("D-5", Severity.INFO, "1", BY_KEY["1"].title, message)
