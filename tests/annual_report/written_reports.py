"""A report of the cast's agency, brought as far as a test needs it."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.agencies.models import Appointment, Person
from gongkai.annual_report.actions.begin import begin
from gongkai.annual_report.actions.freeze import freeze
from gongkai.annual_report.actions.publish import publish
from gongkai.annual_report.actions.sign import sign
from gongkai.annual_report.actions.submit import submit
from gongkai.annual_report.actions.write_section import write_section
from gongkai.annual_report.figures import content_of
from gongkai.annual_report.models import Report
from gongkai.annual_report.writing.checks import notes_of
from gongkai.law.procedure import Role
from gongkai.law.report_procedure import ReportState
from tests.cast import SINCE, Cast, make_person

YEAR = 2024
WORDS: Mapping[str, str] = {
    "1": "本报告所列数据的统计期限为2024年1月1日至2024年12月31日。",
    "1.1": "全年通过门户网站主动公开政府信息310条，其中道路挖掘许可结果120条，市容管理标准190条。",
    "1.2": "2024年，新收政府信息公开申请{{ t3.received.total }}件，办结政府信息公开申请{{ t3.total.total }}件。",
    "1.3": "按季度核对门户网站栏目，更正失效链接16处。",
    "1.4": "改版政府信息公开专栏，增设执法公示栏目2个。",
    "1.5": "组织业务培训2次，参加60人次。工作考核结果为良好，未发生责任追究。",
    "5": "存在的问题：一是执法公示栏目更新较慢。二是解读材料以文字为主。\n"
    "改进措施：一是每周一核对执法公示栏目的更新。二是为重点文件配发图解。",
    "6": "2024年，本机关未收取信息处理费。",
}


def begun(cast: Cast, **words: str) -> Report:
    """A report with words in every section; keywords (`s5`) replace those of a section."""
    report = begin(actor=cast.clerk, agency=cast.agency, year=YEAR)
    changed = {key.removeprefix("s").replace("_", "."): text for key, text in words.items()}
    for section, text in {**WORDS, **changed}.items():
        write_section(actor=cast.clerk, report_id=report.pk, section=section, text=text)
    return Report.objects.get(pk=report.pk)


def brought_to(cast: Cast, state: ReportState, report: Report | None = None) -> Report:
    """The report frozen and, step by step, brought to a state."""
    report = report or begun(cast)
    pk = report.pk
    if report.frozen is None:
        freeze(actor=cast.clerk, report_id=pk)
    if state is not ReportState.WRITING:
        submit(actor=cast.clerk, report_id=pk, answers=answers(Report.objects.get(pk=pk)))
    if state in (ReportState.SIGNED, ReportState.PUBLISHED):
        sign(actor=cast.approver, report_id=pk, digest=digest(pk))
    if state is ReportState.PUBLISHED:
        publish(actor=cast.clerk, report_id=pk)
    return Report.objects.get(pk=pk)


def digest(report_id: int) -> str:
    return content_of(Report.objects.get(pk=report_id)).unsigned_digest


def answers(report: Report) -> dict[str, str]:
    """A reason for every doubt of the audit."""
    return {note.key: "已核对，情况属实。" for note in notes_of(content_of(report), report) if note.asks}


def also(person: Person, cast: Cast, *roles: Role) -> Person:
    """The person with more roles at the agency."""
    for role in roles:
        Appointment.objects.create(person=person, agency=cast.agency, role=role.value, since=SINCE)
    return person


def another(cast: Cast, name: str, *roles: Role) -> Person:
    return make_person(name, cast.agency, *roles)
