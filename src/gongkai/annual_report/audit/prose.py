"""Rules on the prose itself: the year (F-1), template words left in (G-4), the fee statement (P-11)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual_report.audit.arithmetic import broken_lists, list_finding
from gongkai.annual_report.audit.findings import Finding, Severity, place_of
from gongkai.annual_report.audit.registry import Case, rule
from gongkai.annual_report.reading import Sentence
from gongkai.law.report_form import Form
from gongkai.law.texts import Text

# --- F-1 ----------------------------------------------------------------------------------------------------

_PERIOD = re.compile(r"(20\d\d)年1月1日(?:起|开始)?(?:至|到|-|—|~)+(?:(20\d\d)年)?12月31日")
_DECLARED = re.compile(r"(20\d\d)年(?:度)?(?:政府)?信息公开(?:工作)?年度报告")
_OPENS_WITH_YEAR = re.compile(r"^(?:\([一二三四五]\)[^,。]{0,15}。?)?(20\d\d)年(?:度)?,?(?:我|本|全|在|区|县|镇)")


@rule("F-1", "标题、统计期限与文中的年度一致", "title, period and prose name the same year")
def one_year(case: Case) -> Iterator[Finding]:
    """F-1: the report year is the year of the title, of the statistical period and of the prose."""
    year = case.report.year
    if year is None:
        message = Text("标题里没有年度，无法核对报告年度。", "The title names no year; it cannot be verified.")
        yield Finding("F-1", Severity.WARNING, Text("标题", "title"), message)
        return
    for sentence in case.report.prose():
        yield from _other_period(case, sentence, year)
        yield from _other_report(case, sentence, year)
    yield from _other_year_told(case, year)
    yield from _no_period(case)


def _differs(case: Case, sentence: Sentence, severity: Severity, message: Text, other: int, year: int) -> Finding:
    place = place_of(case.report, sentence.line)
    return Finding("F-1", severity, place, message, (other, year), sentence.line)


def _other_period(case: Case, sentence: Sentence, year: int) -> Iterator[Finding]:
    match = _PERIOD.search(sentence.plain)
    if match and {int(match[1]), int(match[2] or match[1])} != {year}:
        text = Text(
            f"统计期限是 {match.group(0)}，标题是 {year} 年。",
            f"The statistical period is of {match[1]}, the title of {year}.",
        )
        yield _differs(case, sentence, Severity.ERROR, text, int(match[1]), year)


def _other_report(case: Case, sentence: Sentence, year: int) -> Iterator[Finding]:
    """「现编制本单位 2020 年…年度报告」 under the title of another year; only in part one, where it is declared."""
    if sentence.part != 1:
        return
    for match in _DECLARED.finditer(sentence.plain):
        if int(match[1]) != year and not re.search(r"上年|去年|上一年", sentence.plain):
            text = Text(
                f"文中说的是 {match[1]} 年的年度报告，标题是 {year} 年。",
                f"The prose speaks of the report on {match[1]}, the title of {year}.",
            )
            yield _differs(case, sentence, Severity.ERROR, text, int(match[1]), year)


def _other_year_told(case: Case, year: int) -> Iterator[Finding]:
    """Part one that tells of another year: certain where the report's own year is never named there."""
    told = case.report.prose(1)
    own = any(f"{year}年" in sentence.plain for sentence in told)
    for sentence in told:
        match = _OPENS_WITH_YEAR.match(sentence.plain)
        if match and int(match[1]) != year:
            severity = Severity.WARNING if own else Severity.ERROR
            text = Text(
                f"这里叙述的是 {match[1]} 年的工作，报告年度是 {year} 年。",
                f"This tells of the work of {match[1]}; the report is on {year}.",
            )
            yield _differs(case, sentence, severity, text, int(match[1]), year)


def _no_period(case: Case) -> Iterator[Finding]:
    period = any(re.search(r"统计期限|1月1日.{0,12}12月31日", sentence.plain) for sentence in case.report.prose())
    if not period and case.report.whole:
        message = Text(
            "没有写明统计期限（1月1日至12月31日），无法核对数据所属期间。",
            "No statistical period (1 January to 31 December) is stated; it cannot be verified.",
        )
        yield Finding("F-1", Severity.WARNING, Text("全文", "whole report"), message)


# --- G-4 ----------------------------------------------------------------------------------------------------

#: Sentences of the notice and its template that instruct the writer; no report says them of itself.
_TEMPLATE = (
    "该部分以表格形式报告",
    "该部分以文字形式报告",
    "篇幅原则上不超过一千字",
    "重在聚焦主题",
    "重在实事求是、明确具体",
    "查找问题要有针对性",
    "本机关认为需要报告的其他事项",
)
_PLACEHOLDER = re.compile(r"[xX×]{2,}(?:年|月|件|条|元|局|单位|万元)|20[xX×]{2}年?")


@rule("G-4", "没有留下模板用语", "no words of the template left in")
def template_words(case: Case) -> Iterator[Finding]:
    """G-4: instructions of the template, or its placeholders, left in the report."""
    for sentence in case.report.prose():
        left = [words for words in _TEMPLATE if words in sentence.plain]
        left += [match.group(0) for match in _PLACEHOLDER.finditer(sentence.plain)]
        for words in left:
            message = Text(f"留下了模板中的话：「{words}」。", f"Words of the template are left: 「{words}」.")
            place = place_of(case.report, sentence.line)
            yield Finding("G-4", Severity.ERROR, place, message, (words,), sentence.line)


# --- P-11 ---------------------------------------------------------------------------------------------------

_FEE = re.compile(r"处理费")
_FEE_IN_OTHER_WORDS = re.compile(r"收费|费用|收取")


@rule("P-11", "第六部分报告收取信息处理费情况", "part six reports the processing fee")
def fee_statement(case: Case) -> Iterator[Finding]:
    """P-11: part six says what 信息处理费 was charged, even 「未收取」 (〔2021〕30号 一(六)).

    A statement in other words is sufficient in substance: a warning. 行政事业性收费 of table 2 is another fee.
    """
    report = case.report
    said = report.prose(6)
    for listed in broken_lists(said):
        yield list_finding(case, "P-11", listed)
    if report.format is Form.F2019 or not report.ends_whole:
        return
    if any(_FEE.search(sentence.plain) for sentence in said):
        return
    loosely = [sentence for sentence in said if _FEE_IN_OTHER_WORDS.search(sentence.plain)]
    elsewhere = [sentence for sentence in report.prose() if _FEE.search(sentence.plain)]
    place, line = place_of(report, said[0].line), said[0].line
    if loosely:
        message = Text(
            "这里应使用「信息处理费」一词，以免与其他收费混淆；作为未收取的说明，实质上已经足够。",
            "The term 信息处理费 should be used here, lest it be taken for another fee; in substance this suffices.",
        )
        yield Finding("P-11", Severity.WARNING, place, message, (loosely[0].text,), line)
    elif elsewhere:
        message = Text("信息处理费情况应写在第六部分。", "The processing fee belongs in part six.")
        at = place_of(report, elsewhere[0].line)
        yield Finding("P-11", Severity.INFO, at, message, (elsewhere[0].text,), elsewhere[0].line)
    else:
        message = Text(
            "没有报告收取信息处理费的情况；没有收取的，也要写明未收取。",
            "The processing fee is not reported; if none was charged, say so.",
        )
        yield Finding("P-11", Severity.ERROR, place, message, (), line)
