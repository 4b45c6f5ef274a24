"""Whether the words say something of their own: G-2, G-3, G-5, H-6."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual_report.audit.findings import Finding, Severity, place_of
from gongkai.annual_report.audit.registry import AgencyLevel, Case, rule
from gongkai.annual_report.reading import Report
from gongkai.law.report_form import Form
from gongkai.law.texts import Text

PART_1, PART_5 = Text("第一部分", "part 1"), Text("第五部分", "part 5")

# --- G-2 ----------------------------------------------------------------------------------------------------

_TURN = re.compile(
    r"改进(?:措施|情况|举措|方向|计划)|整改(?:措施|情况)|下一步|针对(?:以上|上述|这些|存在)|今后|下一年"
    r"|(?:20\d\d年,?)?我[局区县市镇委办][^,。]{0,4}将"
)
_PROBLEM = re.compile(
    r"不够|不足|不高|不强|不全|不细|不及时|有待|欠缺|滞后|单一|薄弱|较少|问题|差距|短板|不规范|不深|需要"
)
_COUNTERS = (
    r"[一二三四五六七八九]是",
    r"(?:^|(?<=[。;:,]))\d[、.](?!\d)",
    r"\(\d\)",
    r"第[一二三四五六],",
    r"(?:一|另一)方面",
    r"(?:首先|其次|再次|最后)",
)


def _items(text: str) -> int:
    return max(len(re.findall(pattern, text)) for pattern in _COUNTERS)


@rule("G-2", "第五部分问题具体，改进举措一一对应", "part five names problems and a measure for each")
def problems_and_measures(case: Case) -> Iterator[Finding]:
    """G-2: 「查找问题要有针对性，改进举措要有实效性」: as many measures as problems, where both are counted."""
    said = case.report.prose(5)
    if not said or not case.report.ends_whole:
        return
    text = "".join(sentence.plain for sentence in said)
    turn = _TURN.search(text, 8)
    line = said[0].line
    if not _PROBLEM.search(text):
        message = Text("没有写存在的问题。", "No problem is named.")
        yield Finding("G-2", Severity.WARNING, PART_5, message, (), line)
    elif turn is None and not re.search(r"加强|完善|推进|提高|提升|强化|将", text):
        message = Text("没有写改进情况或改进举措。", "No improvement is named.")
        yield Finding("G-2", Severity.WARNING, PART_5, message, (), line)
    elif turn is not None:
        problems, measures = _items(text[: turn.start()]), _items(text[turn.start() :])
        if problems > 1 and 0 < measures < problems:
            message = Text(
                f"列了 {problems} 个问题，改进举措只有 {measures} 条，不能一一对应；请针对每个问题写明改进举措。",
                f"{problems} problems are listed but {measures} measures; give a measure for each.",
            )
            yield Finding("G-2", Severity.WARNING, PART_5, message, (problems, measures), line)


# --- G-3, G-5 -----------------------------------------------------------------------------------------------

_NO_OWN_FIGURE = re.compile(
    r"20\d\d年(?:度)?|\d+月(?:\d+日)?|第\d+[条号次届款项]|\d+号|[\[(〔【]20\d\d[\])〕】]|(?:^|[。;:,、(])\d+[、.)]|20\d\d[-/]\d+"
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?[%余多]?[万亿]?[件条次份个期场篇项人家起例部处类种]?")
#: A part of some length: shorter than this it may be short for good reason.
_SOME_LENGTH, _LONG = 200, 500


def overview(report: Report) -> str:
    """The words of part one without blanks."""
    return "".join(sentence.plain for sentence in report.prose(1))


@rule("G-3", "第一部分有本机关自己的数字", "part one has figures of its own")
def own_figures(case: Case) -> Iterator[Finding]:
    """G-3: years, numbers of documents and of items are no figures; in a long text one figure is few."""
    text = overview(case.report)
    found = _FIGURE.findall(_NO_OWN_FIGURE.sub("", text))
    if len(text) >= _SOME_LENGTH and not found:
        message = Text(
            f"第一部分 {len(text)} 字，没有一个本机关自己的数字，像是通用文字；请写实际情况。",
            f"Part one has {len(text)} characters and no figure of the agency's own.",
        )
        yield Finding("G-3", Severity.WARNING, PART_1, message, (len(text), 0))
    elif len(text) >= _LONG and len(found) == 1:
        message = Text(
            f"第一部分 {len(text)} 字，自己的数字只有「{found[0]}」一个；请写明渠道、类别等实际情况。",
            f"Part one has {len(text)} characters and only one figure of its own, 「{found[0]}」.",
        )
        yield Finding("G-3", Severity.WARNING, PART_1, message, (len(text), 1))


#: 「篇幅原则上不超过一千字」 (〔2021〕30号); „in principle“, so a hint.
LONGEST_OVERVIEW = 1000


@rule("G-5", "第一部分原则上不超过一千字", "part one has, in principle, at most 1000 characters")
def overview_length(case: Case) -> Iterator[Finding]:
    """G-5 (ours): a hint, never more: most published reports are longer."""
    length = len(overview(case.report))
    if case.report.format is Form.F2021 and length > LONGEST_OVERVIEW:
        message = Text(
            f"第一部分约 {length} 字，格式要求原则上不超过一千字。",
            f"Part one has about {length} characters; in principle it has at most 1000.",
        )
        yield Finding("G-5", Severity.INFO, PART_1, message, (length, LONGEST_OVERVIEW))


# --- H-6 ----------------------------------------------------------------------------------------------------

_GOVERNMENT = re.compile(r"(?:人民政府|[省市县区镇乡]政府)$")
_ZONE = re.compile(r"(?:管委会|管理委员会)$")
_RESULTS = (
    (Text("工作考核", "work assessment"), re.compile(r"考核|考评")),
    (Text("社会评议", "public appraisal"), re.compile(r"评议|满意度|第三方评估|民意")),
    (Text("责任追究", "accountability"), re.compile(r"追究|追责|问责")),
)
_GOVERNMENTS = frozenset(AgencyLevel) - {AgencyLevel.DEPARTMENT, AgencyLevel.STATE_COUNCIL_DEPARTMENT}


@rule("H-6", "政府的报告写明考核、评议、责任追究结果", "a government reports assessment, appraisal, accountability")
def results_of_governments(case: Case) -> Iterator[Finding]:
    """H-6 (条例 50(四)): 「各级人民政府的…年度报告还应当包括工作考核、社会评议和责任追究结果情况」."""
    agency, report = case.report.agency or "", case.report
    zone = bool(_ZONE.search(agency))
    government = case.agency_level in _GOVERNMENTS if case.agency_level else bool(_GOVERNMENT.search(agency))
    if not (zone or government) or not report.whole:
        return
    text = overview(report)
    absent = [name for name, pattern in _RESULTS if not pattern.search(text)]
    if absent:
        names = Text("、".join(name.zh for name in absent), ", ".join(name.en for name in absent))
        only = "" if government else "如果按一级政府报告，"
        message = Text(
            f"{only}第一部分还应写明{names.zh}的结果（条例第五十条），没有的也要写明没有。",
            f"A government also reports the results of {names.en} (art. 50); say so if there are none.",
        )
        opening = next((h.line for h in report.parts if h.part == 1), None)
        values = tuple(name.zh for name in absent)
        yield Finding(
            "H-6", Severity.WARNING, place_of(report, opening) if opening else PART_1, message, values, opening
        )
