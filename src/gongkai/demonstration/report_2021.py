"""The report on 2021, written, signed and published as an office does it. The figures come from the records; the words
are made up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from gongkai.annual_report.actions.begin import begin
from gongkai.annual_report.actions.freeze import freeze
from gongkai.annual_report.actions.publish import publish
from gongkai.annual_report.actions.sign import sign
from gongkai.annual_report.actions.submit import submit
from gongkai.annual_report.actions.write_section import write_section
from gongkai.annual_report.figures import content_of
from gongkai.annual_report.models import Report
from gongkai.annual_report.writing.checks import notes_of
from gongkai.demonstration.office import Office
from gongkai.law.procedure import Role

YEAR = 2021

WORDS: Mapping[str, str] = {
    "1": "根据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》"
    "（国办公开办函〔2021〕30号）要求，现编制郑州经济技术开发区管委会2021年政府信息公开工作年度报告。"
    "本报告所列数据的统计期限为2021年1月1日至2021年12月31日。",
    "1.1": "全年制发行政规范性文件{{ t2.normative_documents.made }}件，"
    "废止{{ t2.normative_documents.repealed }}件，现行有效{{ t2.normative_documents.in_force }}件。"
    "作出行政许可{{ t2.licences.decisions }}件、行政处罚{{ t2.penalties.decisions }}件、"
    "行政强制{{ t2.coercion.decisions }}件。",
    "1.2": "2021年，新收政府信息公开申请{{ t3.received.total }}件，上年结转政府信息公开申请{{ t3.carried_in.total }}件。"
    "本年办结政府信息公开申请{{ t3.total.total }}件，结转下年度继续办理政府信息公开申请{{ t3.carried_out.total }}件。",
    "1.3": "对2008年以来的规范性文件作了清理，清理结果向社会公布，标明每一件的效力。",
    "1.4": "维护门户网站的政府信息公开专栏，公开指南随机构和联系方式的变动更新。",
    "1.5": "举办政府信息公开培训两次，参加九十六人次。工作考核列入年度考核，社会评议由各科室负责人听取意见，"
    "没有发生责任追究的情形。",
    "5": "（一）存在的主要问题\n"
    "1.公开指南没有写明冬夏两季不同的办公时间，有申请人因此白跑一趟。\n"
    "2.征求第三方意见的函件发出偏晚，个别申请因此用时较长。\n"
    "（二）改进情况\n"
    "1.公开指南已经改正，今后由专人每季度核对一次。\n"
    "2.征求意见函改为收到申请后三个工作日内发出。",
    "6": "2021年，本机关未收取信息处理费。\n本年无其他需要报告的事项。",
}
#: What the office says to each doubt that the check has.
ANSWER = "已与记录逐项核对，情况属实。"

Act = Callable[[], object]


def acts(office: Office) -> Iterator[Act]:
    """From the first word to the publication."""
    yield partial(begin, actor=office[Role.EDITOR], agency=office.agency, year=YEAR)
    for section, text in WORDS.items():
        yield partial(_write, office, section, text)
    yield partial(_hand_in, office)
    yield partial(_sign_and_publish, office)


def _report(office: Office) -> Report:
    return Report.objects.select_related("agency").get(agency=office.agency, year=YEAR)


def _write(office: Office, section: str, text: str) -> None:
    write_section(actor=office[Role.EDITOR], report_id=_report(office).pk, section=section, text=text)


def _hand_in(office: Office) -> None:
    report = freeze(actor=office[Role.EDITOR], report_id=_report(office).pk)
    answers = {note.key: ANSWER for note in notes_of(content_of(report), report) if note.asks}
    submit(actor=office[Role.EDITOR], report_id=report.pk, answers=answers)


def _sign_and_publish(office: Office) -> None:
    report = _report(office)
    sign(actor=office[Role.APPROVER], report_id=report.pk, digest=content_of(report).unsigned_digest)
    publish(actor=office[Role.EDITOR], report_id=report.pk)
