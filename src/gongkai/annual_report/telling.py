"""Who is told of a step of a report: whose turn it is now, and who waited for it."""

from __future__ import annotations

from django.urls import reverse

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import people_with
from gongkai.annual_report.models import Report, ReportStep
from gongkai.law.report_procedure import SIGNERS, WRITERS, ReportAct
from gongkai.law.texts import Text
from gongkai.notifications.actions.notify import notify

#: To whom each step is told.
_HEARERS = {
    ReportAct.SUBMIT: SIGNERS,
    ReportAct.RETURN: WRITERS,
    ReportAct.SIGN: WRITERS,
    ReportAct.PUBLISH: SIGNERS,
    ReportAct.REOPEN: WRITERS,
}


def tell_step(report: Report, step: ReportStep) -> int:
    """Tell of a step, in its transaction. Whoever took it knows already."""
    act = ReportAct(step.kind)
    people = [one for one in people_with(report.agency, _HEARERS[act]) if one.pk != step.actor_id]
    why = Text(f"：{step.remark}", f": {step.remark}") if step.remark and act is ReportAct.RETURN else Text("。", ".")
    text = Text(
        f"{report.year}年政府信息公开工作年度报告：{act.label.zh}{why.zh}",
        f"Annual report {report.year}: {act.label.en}{why.en}",
    )
    return tell(report, people, "report_step", text, f"step:{step.number}")


def tell(report: Report, people: list[Person], kind: str, text: Text, event: str) -> int:
    """Tell these people of one event in a report, each once."""
    about, link = f"report:{report.pk}", reverse("desk:report_write", args=[report.pk])
    return notify(people=people, kind=kind, text=text, link=link, about=about, key=f"{about}:{event}")
