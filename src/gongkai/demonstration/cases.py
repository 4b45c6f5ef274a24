"""Play one application through the actions, from the form to the archive or to where it now stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gongkai.agencies.selectors import calendar, today
from gongkai.applications.actions.accept import accept
from gongkai.applications.actions.archive import archive
from gongkai.applications.actions.consult import consult, receive_opinion
from gongkai.applications.actions.correct import notify_correction, receive_correction
from gongkai.applications.actions.decide import draw_up, sign
from gongkai.applications.actions.deliver import Delivery, deliver
from gongkai.applications.actions.propose import propose
from gongkai.applications.actions.receive import receive
from gongkai.applications.actions.register import register
from gongkai.applications.models import Application, Channel
from gongkai.demonstration.applicants import applicant
from gongkai.demonstration.office import Office
from gongkai.law.applicants import ApplicantKind
from gongkai.law.clock import Consulted
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, StepKind


@dataclass(frozen=True)
class Plan:
    """One application to play: who, what, when, by which side ways, and after which step it stands still."""

    kind: ApplicantKind
    serial: int
    request: str
    received: date
    corrected: bool = False
    consulted: bool = False
    outcome: Outcome = Outcome.GRANTED
    until: StepKind = StepKind.ARCHIVE


def play(office: Office, plan: Plan) -> Application:
    """Take every step up to and including `plan.until`. Returns the application as it then stands."""
    data = {
        **applicant(plan.kind, plan.serial),
        "content": plan.request,
        "document_number": "",
        "features": "",
    }
    token = f"yanshi-{plan.received:%Y%m%d}-{plan.serial:04}"
    received = receive(agency=office.agency, channel=Channel.WEB, data=data, token=token, on=plan.received)
    application = received.application
    for kind in Course(office, plan, application.pk).steps():
        if kind is plan.until:
            break
    application.refresh_from_db()
    return application


@dataclass
class Course:
    """The way of one case: each step a few working days after the one before."""

    office: Office
    plan: Plan
    case_id: int

    def steps(self) -> Iterator[StepKind]:
        """Take the steps one by one, telling each when it is taken."""
        clerk, day = self.office[Role.CLERK], self.plan.received
        yield StepKind.RECEIPT
        register(case_id=self.case_id, actor=clerk, on=day)
        yield StepKind.REGISTER
        day = self.after(day, 1)
        accept(case_id=self.case_id, actor=clerk, on=day)
        yield StepKind.ACCEPT
        if self.plan.corrected:
            day = self.after(day, 1)
            yield from self.correction(day)
            day = self.after(day, 4)
        if self.plan.consulted:
            day = self.after(day, 2)
            yield from self.consultation(day)
            day = self.after(day, 6)
        yield from self.decision(self.after(day, 3))

    def correction(self, day: date) -> Iterator[StepKind]:
        points = ["请写明所需信息涉及的具体项目名称或者时间段"]
        correct_by = calendar().add_working_days(day, 10).day
        clerk = self.office[Role.CLERK]
        notify_correction(case_id=self.case_id, actor=clerk, on=day, points=points, correct_by=correct_by)
        yield StepKind.CORRECTION_NOTICE
        text = f"所需信息为：{self.plan.request}，时间段为上一年度。"
        receive_correction(case_id=self.case_id, on=self.after(day, 3), text=text)
        yield StepKind.CORRECTED

    def consultation(self, day: date) -> Iterator[StepKind]:
        clerk = self.office[Role.CLERK]
        application = consult(
            case_id=self.case_id, actor=clerk, on=day, consulted=Consulted.THIRD_PARTY,
            addressee="演示建设有限公司", text=f"{self.plan.request}中涉及贵公司的内容", received=day,
        )  # fmt: skip
        yield StepKind.CONSULTATION
        asked = application.steps.filter(kind=StepKind.CONSULTATION.value).latest("number")
        receive_opinion(
            case_id=self.case_id, actor=clerk, on=self.after(day, 5), consultation=asked.number,
            objected=False, text="同意公开。",
        )  # fmt: skip
        yield StepKind.CONSULTATION_REPLY

    def decision(self, day: date) -> Iterator[StepKind]:
        clerk = self.office[Role.CLERK]
        propose(
            case_id=self.case_id, actor=self.office[Role.DRAFTER], on=day, outcome=self.plan.outcome,
            **opinion(self.plan),
        )  # fmt: skip
        yield StepKind.OPINION
        day = self.after(day, 1)
        draw_up(case_id=self.case_id, actor=clerk, on=day)
        yield StepKind.DECISION
        sign(case_id=self.case_id, actor=self.office[Role.APPROVER], on=self.after(day, 1))
        yield StepKind.SIGN
        day = self.after(day, 2)
        deliver(case_id=self.case_id, actor=clerk, on=day, way=Delivery.ONLINE, received_on=day)
        yield StepKind.DELIVER
        archive(case_id=self.case_id, actor=clerk, on=self.after(day, 1))
        yield StepKind.ARCHIVE

    def after(self, day: date, working_days: int) -> date:
        """So many working days later, but never after today."""
        return min(calendar().add_working_days(day, working_days).day, today())


def opinion(plan: Plan) -> dict[str, Any]:
    """What the drafter found, and what the reply says of it."""
    if plan.outcome is Outcome.INTERNAL_AFFAIRS:
        found = f"经查，本机关保存有“{plan.request}”。"
        reasons = "该信息是本机关安排职工食堂日常采购形成的，只用于内部后勤管理，不对外发生效力。"
        return {"findings": found, "reasons": reasons, "slots": {"internal_kind": "logistics"}}
    found = f"经查，本机关保存有“{plan.request}”，属于可以公开的政府信息。"
    return {"findings": found, "reasons": "", "slots": granted_slots(plan.request)}


def granted_slots(request: str) -> dict[str, str]:
    """What a reply of 予以公开 must say: here the information itself."""
    return {"provision": "stated", "information": f"“{request}”的内容（演示数据，从略）。"}


def days_ago(working_days: int) -> date:
    """A working day that lies so many working days back."""
    day = today()
    while calendar().working_days_between(day, today()) < working_days:
        day -= timedelta(days=1)
    return day


def cases_of_today() -> list[Plan]:
    """Cases that are on the desk now, at every stage."""
    person, business, research = ApplicantKind.NATURAL_PERSON, ApplicantKind.BUSINESS, ApplicantKind.RESEARCH
    plans = [
        Plan(person, 101, "经开第十二大街地铁站周边道路的施工计划", days_ago(0), until=StepKind.RECEIPT),
        Plan(business, 102, "2026年度经开区产业扶持资金申报结果", days_ago(1), until=StepKind.REGISTER),
        Plan(person, 103, "滨河片区小学2026年招生范围", days_ago(4), until=StepKind.ACCEPT),
        Plan(
            person,
            104,
            "小区门口的那个工程的有关材料",
            days_ago(6),
            corrected=True,
            until=StepKind.CORRECTION_NOTICE,
        ),
        Plan(
            research,
            105,
            "经开区近三年大气环境监测数据",
            days_ago(9),
            corrected=True,
            until=StepKind.CORRECTED,
        ),
        Plan(
            person,
            106,
            "潮河安置区二期工程的施工合同",
            days_ago(12),
            consulted=True,
            until=StepKind.CONSULTATION,
        ),
        Plan(business, 107, "前程路厂房用地的规划许可", days_ago(14), until=StepKind.OPINION),
        Plan(person, 108, "2025年度城市更新项目清单", days_ago(17), until=StepKind.DECISION),
        Plan(
            business,
            111,
            "管委会机关食堂的物资采购计划",
            days_ago(16),
            outcome=Outcome.INTERNAL_AFFAIRS,
            until=StepKind.DECISION,
        ),
        Plan(person, 109, "经开区养老服务设施补贴发放情况", days_ago(19), until=StepKind.SIGN),
        Plan(person, 110, "蝶湖周边停车场收费标准的批准文件", days_ago(24), until=StepKind.ACCEPT),
    ]
    return sorted(plans, key=lambda plan: plan.received)
