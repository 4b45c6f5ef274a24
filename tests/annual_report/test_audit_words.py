"""Rules on words: citations, whose report it is, substance, slips of the pen. Each broken once and held once."""

from __future__ import annotations

import pytest

from gongkai.annual_report.audit import AgencyLevel, Finding, Severity, audit
from gongkai.annual_report.reading import Report, read_text
from tests.annual_report.sample_reports import HEADINGS, PROSE, report, report_text

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741


def found(read: Report, rule: str, **known: AgencyLevel) -> list[Finding]:
    return [finding for finding in audit(read, **known) if finding.rule == rule]


def opening(words: str) -> Report:
    return report(opening=f"{PROSE['opening']}{words}")


@pytest.mark.parametrize(
    ("rule", "severity", "wrong", "right"),
    [
        ("F-3", E, "按照国办公开办函〔2019〕30号年度报告格式编制。", "按照国办公开办函〔2021〕30号年度报告格式编制。"),
        ("F-3", E, "根据《政府信息公开条例》（国务院令第771号）。", "根据《政府信息公开条例》（国务院令第711号）。"),
        ("F-3", E, "信息处理费按国办函〔2020〕19号执行。", "信息处理费按国办函〔2020〕109号执行。"),
        ("F-3", E, "按照国办公开办函[2022]30号编制年度报告。", "国办公开办函〔2019〕61号规范了公开平台。"),
        ("F-4", W, "按照国办公开办函〔2019〕60号编制。", "国办公开办函〔2019〕60号已由国办公开办函〔2021〕30号代替。"),
        ("F-6", W, "申请人向市政府及市政府办公室提出政府信息公开申请。", "申请人向我局提出政府信息公开申请。"),
        ("F-6", E, "现将青山县教育局2022年政府信息公开工作年度报告公布如下。", "现将江湾县水务局2022年政府信息公开工作年度报告公布如下。"),
        ("F-6", E, "现将青山县教育局2022年政府信息公开工作年度报告公布如下。", "现将我局2022年政府信息公开工作年度报告公布如下。"),
        ("F-7", W, "本单位负责。我县主动公开政府信息685条。", "本单位负责。我县经济平稳发展。"),
        ("L-1", E, "落实中央、省、市、关于政务公开的要求。", "落实《关于公开的意见》、《关于解读的意见》。"),
        ("L-1", E, "落实工作要求。。", "落实工作要求……"),
        ("L-2", E, "一是我局重点工作，加强公开。", "一是我局围绕重点工作，加强公开。"),
        ("L-2", E, "一是我区平台建设工作。", "一是平台建设工作。"),
        ("L-3", E, "内容有待丰富有待加强。", "内容有待丰富，质量有待加强。"),
        ("L-3", E, "进一步进一步加强管理。", "进一步加强、进一步规范管理。"),
        ("L-5", E, "严格落实《条例》。", "《中华人民共和国政府信息公开条例》（以下简称《条例》）施行。严格落实《条例》。"),
        ("L-5", E, "落实《条例》。", "《中华人民共和国政府信息公开条例》（下称《条例》）施行。落实《条例》。"),
        ("L-6", E, "政务信息公开工作稳步推进。", "落实《某省政务信息公开办法》，在“政务信息公开”栏目发布。"),
        ("L-6", E, "政务信息公开工作稳步推进，政府信息公开专栏更新。", "政务公开工作稳步推进，政府信息公开专栏更新。"),
        ("L-7", W, "按照受理、作出决定、报批、归档的流程办理。", "按照受理、报批、作出决定、送达的流程办理。"),
    ],
)  # fmt: skip
def test_sentences(rule: str, severity: Severity, wrong: str, right: str) -> None:
    assert [finding.severity for finding in found(opening(wrong), rule)] == [severity]
    assert found(opening(right), rule) == []


# --- F-6: the title -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    ["江湾县水务局2022年政府信息公开工作报告", "江湾县七里镇2022年政府信息公开工作告年度报"],
)
def test_a_title_that_is_none(title: str) -> None:
    (finding,) = found(report(title=title), "F-6")
    assert (finding.severity, finding.values) == (E, (title, "年度报告"))


# --- H-6, H-7 -----------------------------------------------------------------------------------------------


@pytest.mark.article("条例", 50)
def test_results_of_governments() -> None:
    title = "江湾县人民政府2022年政府信息公开工作年度报告"
    (finding,) = found(report(title=title), "H-6")
    assert (finding.severity, finding.values) == (W, ("工作考核", "社会评议", "责任追究"))
    told = "（五）监督保障\n工作考核优秀，社会评议满意度98%，没有责任追究情形。"
    assert found(report(title=title, supervision=told), "H-6") == []
    assert found(report(), "H-6") == []
    assert found(report(title=title), "H-6", agency_level=AgencyLevel.DEPARTMENT) == []


@pytest.mark.parametrize(
    ("number", "title", "slip"),
    [
        (3, "四、政府信息公开行政法复议、行政诉讼情况", True),
        (2, "三、收到和处政府信息公开申请情况", True),
        (4, "五、存在的要主问题及改进情况", True),
        (3, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", False),
        (4, "五、存在的主要问题和改进情况", False),
        (4, "五、存在主要问题及改进情况", False),
    ],
)
def test_slips_in_headings(number: int, title: str, slip: bool) -> None:
    headings = (*HEADINGS[:number], title, *HEADINGS[number + 1 :])
    given = found(report(headings=headings), "H-7")  # type: ignore[arg-type]
    assert [finding.severity for finding in given] == [E] * slip


def test_slips_in_headings_of_aspects() -> None:
    (finding,) = found(report(platforms="（四）府信息公开平台建设\n维护专栏。"), "H-7")
    assert finding.values == ("府信息公开平台建设", "政府信息公开平台建设")
    assert found(report(platforms="（四）信息公开平台建设\n维护专栏。"), "H-7") == []


# --- G-2, G-3, G-5 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("problems", "values"),
    [
        ("一是更新不及时。二是解读较少。三是队伍薄弱。改进措施：一方面加强培训；另一方面完善制度。", (3, 2)),
        ("一是更新不及时。二是解读较少。改进措施：一是加强培训。二是完善制度。", None),
        ("一是更新不及时，今后加强检查。二是解读较少，今后增加图解。", None),
        ("我局全面完成任务。", ()),
        ("存在更新不及时的问题。", ()),
        ("存在更新不及时的问题，将加强检查。", None),
    ],
)
def test_problems_and_measures(problems: str, values: tuple[int, ...] | None) -> None:
    assert [finding.values for finding in found(report(problems=problems), "G-2")] == [values] * (values is not None)


GENERIC = "2022年，按照国务院令第711号第五十条，各单位高度重视信息公开工作，多数部门按要求及时更新栏目内容，公开质量明显提升，群众比较满意。"


def test_an_overview_without_figures() -> None:
    silent = {
        "proactive": "（一）主动公开",
        "applications": "（二）依申请公开",
        "management": "（三）政府信息管理",
        "supervision": "（五）监督保障",
    }
    (finding,) = found(report(**silent, platforms=f"（四）平台建设\n{GENERIC * 5}"), "G-3")
    assert finding.severity is W
    assert found(report(**silent, platforms=f"（四）平台建设\n{GENERIC * 5}全年公开310条、解读12篇。"), "G-3") == []
    assert found(report(**silent), "G-3") == []


def test_length_is_a_hint() -> None:
    (finding,) = found(report(platforms=f"（四）平台建设\n{GENERIC * 16}"), "G-5")
    assert finding.severity is I
    assert found(report(), "G-5") == []


# --- L-4 ----------------------------------------------------------------------------------------------------


def test_the_last_item_of_a_list() -> None:
    items = "1、栏目不细；\n2、解读较少{end}\n（二）改进措施\n1、重排栏目；\n2、增加图解。"
    assert found(report(problems=f"（一）存在问题\n{items.format(end='。')}"), "L-4") == []
    (finding,) = found(report(problems=f"（一）存在问题\n{items.format(end='；')}"), "L-4")
    assert finding.severity is E


def test_an_excerpt_may_end_anywhere() -> None:
    text = report_text(problems="1、栏目不细；\n2、解读较少；")
    assert found(read_text(text[: text.index("六、其他")]), "L-4") == []
