"""A sober text to begin from, with its figures linked. It is only shown: nothing of it stands in the report until a person
takes it over and saves it. What no record tells stays an open place, and with an open place no report is submitted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai.annual_report.figure_groups import cells_of
from gongkai.annual_report.models import Report, Scope
from gongkai.annual_report.writing.fees import FeesOfYear, fees_of
from gongkai.law.outcomes import OUTCOMES, Outcome
from gongkai.law.report_form import Tables

_GROUPS = (("refused", "不予公开"), ("unable", "无法提供"), ("not_processed", "不予处理"), ("otherwise", "其他处理"))
_SINGLE = (Outcome.GRANTED, Outcome.PARTIALLY_GRANTED)


def suggested(report: Report, section: str, tables: Tables) -> str:
    """The suggested words of a section for these figures of the report; empty where there is nothing sober to suggest."""
    writer = _WRITERS.get(section)
    return writer(report, tables) if writer else ""


def _opening(report: Report, tables: Tables) -> str:
    year = report.year
    return (
        f"根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和《中华人民共和国政府信息公开工作年度报告格式》"
        f"（国办公开办函〔2021〕30号）要求，现编制{report.agency.name}{year}年政府信息公开工作年度报告。"
        f"本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。"
    )


def _proactive(report: Report, tables: Tables) -> str:
    said = [
        "本年制发行政规范性文件{{ t2.normative_documents.made }}件，"
        "废止{{ t2.normative_documents.repealed }}件，现行有效{{ t2.normative_documents.in_force }}件。"
    ]
    if tables.cells.get("t2.rules.in_force"):
        said.insert(0, "本年制发规章{{ t2.rules.made }}件，现行有效{{ t2.rules.in_force }}件。")
    decided = [
        f"{name}{{{{ t2.{key}.decisions }}}}件"
        for key, name in (("licences", "行政许可"), ("penalties", "行政处罚"), ("coercion", "行政强制"))
        if tables.cells.get(f"t2.{key}.decisions")
    ]
    if decided:
        said.append(f"本年作出处理决定：{'、'.join(decided)}。")
    return "".join(said) + "\n〔请填写：主动公开的重点内容、渠道和数量〕"


def _applications(report: Report, tables: Tables) -> str:
    said = f"{report.year}年，新收政府信息公开申请{{{{ t3.received.total }}}}件，"
    said += "上年结转政府信息公开申请{{ t3.carried_in.total }}件。"
    if not tables["t3.received.total"] and not tables["t3.carried_in.total"]:
        return f"{report.year}年，本机关未收到政府信息公开申请。"
    said += "本年办结政府信息公开申请{{ t3.total.total }}件，"
    said += "结转下年度继续办理政府信息公开申请{{ t3.carried_out.total }}件。"
    return said + _results(tables) + _disputes(tables)


def _results(tables: Tables) -> str:
    """The results that occurred, the groups by their sums."""
    shown = [
        f"{OUTCOMES[one].name.zh}{{{{ t3.{one.value}.total }}}}件"
        for one in _SINGLE
        if tables.cells.get(f"t3.{one.value}.total")
    ]
    for key, name in _GROUPS:
        if any(tables[cell] for cell in cells_of(f"t3.{key}.total", tables.form)):
            shown.append(f"{name}{{{{ t3.{key}.total }}}}件")
    return f"办理结果中，{'、'.join(shown)}。" if shown else ""


def _disputes(tables: Tables) -> str:
    review, court = "t4.reconsideration.total", "t4.litigation.total"
    went = tables["t4.litigation_direct.total"] or tables["t4.litigation_after_reconsideration.total"]
    said = [f"被申请行政复议{{{{ {review} }}}}件"] if tables[review] else []
    said += [f"被提起行政诉讼{{{{ {court} }}}}件"] if went else []
    return f"因政府信息公开工作，{'，'.join(said)}。" if said else ""


def _management(report: Report, tables: Tables) -> str:
    return "〔请填写：政府信息制作、保存、动态更新和规范性文件清理的具体做法〕"


def _platforms(report: Report, tables: Tables) -> str:
    return "〔请填写：政府网站政府信息公开专栏、政务新媒体等平台的建设和维护情况〕"


def _supervision(report: Report, tables: Tables) -> str:
    return "〔请填写：组织领导、业务培训的情况〕\n〔请填写：工作考核、社会评议和责任追究结果情况〕"


def _fees(report: Report, tables: Tables) -> str:
    if report.scope == Scope.WHOLE:
        return "〔请填写：本级和下级机关收取信息处理费的情况〕"
    fees = fees_of(report.agency, report.year)
    return _told(report.year, fees) + "\n本年无其他需要报告的事项。"


def _told(year: int, fees: FeesOfYear) -> str:
    if not fees.notices and not fees.payments:
        return f"{year}年，本机关未收取信息处理费。"
    return (
        f"{year}年，本机关发出信息处理费收费通知{fees.notices}件，金额合计{fees.asked}元；"
        f"实际收取信息处理费{fees.payments}件，金额合计{fees.paid}元。"
    )


_WRITERS: Mapping[str, Callable[[Report, Tables], str]] = {
    "1": _opening,
    "1.1": _proactive,
    "1.2": _applications,
    "1.3": _management,
    "1.4": _platforms,
    "1.5": _supervision,
    "6": _fees,
}
