"""Whose report it is, what it is called, when it came out: F-5, F-6, F-7."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from gongkai.annual_report.audit.findings import Finding, Severity, place_of
from gongkai.annual_report.audit.registry import AgencyLevel, Case, rule
from gongkai.annual_report.reading import Report
from gongkai.annual_report.reading.lines import Line, plain
from gongkai.law.report_deadlines import deadlines
from gongkai.law.texts import Text

TITLE = Text("标题", "title")

# --- F-5 ----------------------------------------------------------------------------------------------------

_DAY = r"(20\d\d)(?:年|-|/|\.)(\d{1,2})(?:月|-|/|\.)(\d{1,2})日?"
_LABELLED = re.compile(rf"(?:发布|公布|发表|成文|印发|更新|提交)(?:日期|时间)[:\]】]*{_DAY}")
_SIGNED = re.compile(_DAY)
#: 县级以上人民政府部门, and 乡镇、街道 「参照部门的要求」 [C].
_AS_DEPARTMENT = re.compile(
    r"(?:局|厅|委员会|委|办公室|办|中心|镇人民政府|乡人民政府|镇政府|乡政府|镇|乡|街道|街道办事处)$"
)
_ZONE = re.compile(r"(?:管理委员会|管委会)$")


def published(report: Report) -> tuple[dt.date, int] | None:
    """The day that the file itself says it came out or was signed, and the line; None if it says none."""
    for line in report.lines:
        match = _LABELLED.search(line.plain)
        day = _day(match) if match else None
        if day:
            return day, line.number
    for line in [line for line in report.lines if line.text][-5:]:
        match = _SIGNED.fullmatch(line.plain)
        day = _day(match) if match else None
        if day:
            return day, line.number
    return None


def _day(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _is_government(case: Case) -> bool:
    agency = case.report.agency or ""
    if case.agency_level is not None:
        return case.agency_level not in (AgencyLevel.DEPARTMENT, AgencyLevel.TOWN)
    return not _AS_DEPARTMENT.search(agency) or bool(_ZONE.search(agency))


@rule("F-5", "按期公布", "published in time")
def in_time(case: Case) -> Iterator[Finding]:
    """F-5 (条例 49): departments and towns by 31 January, governments by 31 March. An unknown level is held to the later."""
    year = case.report.year
    told = published(case.report)
    day = case.published_on or (told[0] if told else None)
    if year is None or day is None:
        return
    due = deadlines(year, whole=_is_government(case), level=None)[-1]
    if day > due.on:
        line = told[1] if told and told[0] == day else None
        message = Text(
            f"公布日期是 {day.isoformat()}，晚于法定期限 {due.on.isoformat()}（{due.article.zh}）。",
            f"Published on {day.isoformat()}, after {due.on.isoformat()} ({due.article.en}).",
        )
        place = place_of(case.report, line) if line else Text("公布日期", "day of publication")
        yield Finding("F-5", Severity.ERROR, place, message, (day.isoformat(), due.on.isoformat()), line)


# --- F-6 ----------------------------------------------------------------------------------------------------

_GARBLED = re.compile(r"(?:告年度报|年报度告|年度告报|度年报告|年度报(?!告)|年度告(?!知))")
_DECLARES = re.compile(
    r"(?:现将|现编制|编制|公布|发布)([^,。;:\d]{2,30}?)(?:20\d\d年度?)(?:政府)?信息公开(?:工作)?年度报告"
)
_NAMED_AGENCY = re.compile(r"(?:局|厅|委员会|委|街道办事处|人民政府|管委会|镇|乡|街道)$")
_TO_ANOTHER = re.compile(r"向([市县区省]政府(?:[及和、][市县区省]政府办公[室厅])?)(?:提出|申请|提交)[^,。;]{0,20}申请")


@rule("F-6", "标题是本机关的年度报告，没有别的机关的名称", "the title names this agency's annual report")
def title_and_agency(case: Case) -> Iterator[Finding]:
    """F-6: 「年度报告」 in the title and not 「工作报告」; no other agency's words left in."""
    yield from _title_words(case.report)
    yield from _declared_by_another(case)
    if re.search(r"人民政府$|政府办公[室厅]$", case.report.agency or ""):
        return
    for sentence in case.report.prose():
        match = _TO_ANOTHER.search(sentence.plain)
        if match and case.report.agency:
            message = Text(
                f"这里写的是向「{match[1]}」提出申请，本报告的机关是{case.report.agency}，像是从别的报告抄来的。",
                f"Applications to 「{match[1]}」 are told of, in a report of another agency: perhaps copied.",
            )
            place = place_of(case.report, sentence.line)
            values = (match[1], case.report.agency)
            yield Finding("F-6", Severity.WARNING, place, message, values, sentence.line)


def _title_words(report: Report) -> Iterator[Finding]:
    title = plain(report.title or "")
    if "年度报告" in title:
        return
    named = title if title else next((one.plain for one in _opening(report) if _GARBLED.search(one.plain)), "")
    if not named or ("年报" in named and not _GARBLED.search(named)):
        return
    line = next((one.number for one in _opening(report) if _tail(named) in one.plain), None)
    message = Text(f"标题应称「年度报告」，现在是「{named}」。", f"The title must say 年度报告; it says 「{named}」.")
    yield Finding("F-6", Severity.ERROR, TITLE, message, (named, "年度报告"), line)


def _tail(title: str) -> str:
    return title[-8:]


def _opening(report: Report) -> list[Line]:
    """The lines that may be a title, above the first heading."""
    first = min((heading.line for heading in report.headings), default=len(report.lines) + 1)
    opening = [line for line in report.lines if line.text and line.number < first][:12]
    return [line for line in opening if "公开" in line.plain and "。" not in line.plain and len(line.plain) <= 60]


def _declared_by_another(case: Case) -> Iterator[Finding]:
    """「现将 X 局 2022 年…年度报告公布」 in the report of Y: certain where no character run of the name is shared."""
    agency = plain(case.report.agency or "")
    if not agency:
        return
    for sentence in case.report.prose(1):
        match = _DECLARES.search(sentence.plain)
        name = re.sub(r"^(?:并?发布|并?公布|了|的)*", "", match[1]) if match else ""
        if match is None or not _NAMED_AGENCY.search(name) or re.match(r"[我本全]", name):
            continue
        if not any(name[at : at + 2] in agency for at in range(len(name) - 2)):
            message = Text(
                f"文中说的是「{name}」的年度报告，标题是{agency}。",
                f"The prose declares the report of 「{name}」, the title is of 「{agency}」.",
            )
            place = place_of(case.report, sentence.line)
            yield Finding("F-6", Severity.ERROR, place, message, (name, agency), sentence.line)


# --- F-7 ----------------------------------------------------------------------------------------------------

_OWN_UNIT = re.compile(r"本单位|本机关|我单位|[我本](?:局|委|办|厅)(?![区县市省])")
_WHOLE_AREA = re.compile(r"我([区县市省])[^。;,]{0,8}(?:未?收到|未?收取|主动公开政府信息[^。;,]{0,6}\d)")


@rule("F-7", "口径一致：本机关还是汇总", "one scope: the agency's own report or the 汇总")
def one_scope(case: Case) -> Iterator[Finding]:
    """F-7 (ours): 「本单位」 and figures of 「我区」 in one report leave open whether it is a 汇总."""
    own = next((s for s in case.report.prose() if _OWN_UNIT.search(s.plain)), None)
    area = next((s for s in case.report.prose() if _WHOLE_AREA.search(s.plain)), None)
    if own is None or area is None:
        return
    words = [match.group(0) for match in (_OWN_UNIT.search(own.plain), _WHOLE_AREA.search(area.plain)) if match]
    values = (words[0], words[1][:2])
    message = Text(
        f"文中既称「{values[0]}」又报「{values[1]}」的数字，请明确是本机关报告还是汇总报告，并统一口径。",
        f"Both 「{values[0]}」 and figures of 「{values[1]}」 are given: say whether this is the agency's own report.",
    )
    yield Finding("F-7", Severity.WARNING, place_of(case.report, area.line), message, values, area.line)
