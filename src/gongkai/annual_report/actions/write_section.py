"""Write a section: every save is a version, none is ever lost."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import SHANGHAI, roles_of
from gongkai.annual_report.acting import locked_report, touch
from gongkai.annual_report.models import Report, SectionText
from gongkai.annual_report.writing.sections import BY_KEY
from gongkai.documents.letter import clean
from gongkai.law.errors import LawError
from gongkai.law.report_form import FORM_2021
from gongkai.law.report_procedure import WRITERS, ReportRefused, ReportState
from gongkai.law.texts import Text

LONGEST = 20_000


class WrittenMeanwhile(LawError):
    """Somebody else saved the section since this person opened it; `theirs` is what stands there now."""

    def __init__(self, theirs: SectionText) -> None:
        at, who = timezone.localtime(theirs.at, SHANGHAI), theirs.by.display_name
        message = Text(
            f"您打开此页之后，{who}已于{at:%H:%M}保存了这一部分。两份文字都在下面，请合并后再保存。",
            f"Since you opened this page, {who} saved this section at {at:%H:%M}. Both texts stand below: merge them.",
        )
        super().__init__("conflict", message)
        self.theirs = theirs


@transaction.atomic
def write_section(*, actor: Person, report_id: int, section: str, text: str, seen: int = 0) -> SectionText | None:
    """The next version of a section. `seen`: the number of the version the person began from, 0 for none.

    The same words again are no version; None where nothing was written and nothing stood there. Raises
    WrittenMeanwhile, with the other's text; NotAllowed, ReportRefused, Invalid."""
    report = locked_report(actor, report_id)
    if WRITERS.isdisjoint(roles_of(actor, report.agency)):
        raise NotAllowed(Text("年度报告由经办人、编辑起草。", "The report is written by clerks and editors."))
    _require_writing(report)
    if section not in BY_KEY:
        raise Invalid("section", Text("年度报告没有这一部分。", "The report has no such section."))
    words = _checked(text)
    newest = report.texts.filter(section=section).select_related("by").last()
    if (newest.text if newest else "") == words:
        return newest
    if (newest.number if newest else 0) != seen and newest is not None:
        raise WrittenMeanwhile(newest)
    number = newest.number + 1 if newest else 1
    row = SectionText.objects.create(report=report, section=section, number=number, text=words, by=actor)
    touch(report, "annual_report.write", actor, {"section": section, "version": number})
    return row


def _require_writing(report: Report) -> None:
    state = ReportState(report.state)
    if state is not ReportState.WRITING:
        text = Text(
            f"年度报告现在是“{state.label.zh}”，不能修改文字；已公布的，先重新编制。",
            f"The report is {state.label.en} now: its words cannot be changed.",
        )
        raise ReportRefused("wrong_state", text, FORM_2021)


def _checked(text: str) -> str:
    words = "\n".join(line.rstrip() for line in clean(text).replace("\x00", "").split("\n")).strip("\n")
    if len(words) > LONGEST:
        raise Invalid("text", Text(f"不能超过{LONGEST}字。", f"No more than {LONGEST} characters."))
    return words
