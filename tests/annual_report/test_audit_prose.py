"""The year, template words, the statement on the processing fee."""

from __future__ import annotations

import pytest

from gongkai.annual_report.audit import Finding, Severity, audit
from gongkai.annual_report.reading import Report, read_text
from gongkai.law.report_form import Form
from tests.annual_report.sample_reports import PROSE, clean_tables, report, report_text


def found(read: Report, rule: str) -> list[Finding]:
    return [finding for finding in audit(read) if finding.rule == rule]


@pytest.mark.parametrize("rule", ["F-1", "G-4", "P-11"])
def test_a_clean_report_is_silent(rule: str) -> None:
    assert found(report(), rule) == []


# --- F-1 ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opening", "other"),
    [
        ("统计期限自2021年1月1日起至2021年12月31日止。", 2021),
        ("统计期限为2021年1月1日至12月31日。", 2021),
        ("数据统计期限为2022年1月1日至2022年12月31日。现发布本局2021年政府信息公开工作年度报告。", 2021),
    ],
)
def test_another_year_of_period_or_report(opening: str, other: int) -> None:
    (finding,) = found(report(opening=opening), "F-1")
    assert finding.severity is Severity.ERROR
    assert finding.values == (other, 2022)


def test_part_one_that_tells_of_last_year_only() -> None:
    read = report(
        opening=PROSE["opening"].replace("2022", "2022"),
        applications="（二）依申请公开\n2021年，我局共收到申请若干。",
    )
    assert [f.severity for f in found(read, "F-1")] == [Severity.WARNING]


def test_part_one_that_never_names_its_own_year() -> None:
    read = report(opening="统计期限为全年。", applications="（二）依申请公开\n2021年，我局做好办理。")
    assert [f.severity for f in found(read, "F-1")] == [Severity.ERROR]


@pytest.mark.parametrize(
    "sentence",
    [
        "2021年以来，我局持续推进。",
        "与2021年相比，有所增长。",
        "2021年申请较少，2022年增多。",
        "2023年，我局将继续努力。",
    ],
)
def test_other_years_in_comparison_are_in_order(sentence: str) -> None:
    part = (
        {"problems": f"一是更新慢。{sentence}"}
        if "2023" in sentence
        else {"supervision": f"（五）监督保障\n{sentence}"}
    )
    assert found(report(**part), "F-1") == []


def test_no_period_is_a_warning_and_only_in_a_whole_file() -> None:
    (finding,) = found(report(opening="现予发布。"), "F-1")
    assert finding.severity is Severity.WARNING
    text = report_text(opening="现予发布。")
    assert found(read_text(text[: text.index("五、存在")]), "F-1") == []


def test_a_title_without_a_year() -> None:
    (finding,) = found(report(title="江湾县水务局政府信息公开工作年度报告"), "F-1")
    assert finding.severity is Severity.WARNING
    assert finding.where == "标题"


# --- G-4 ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("该部分以表格形式报告。", "该部分以表格形式报告"),
        ("本机关认为需要报告的其他事项。", "本机关认为需要报告的其他事项"),
        ("20XX年未收取信息处理费。", "20XX年"),
        ("收取信息处理费××元。", "××元"),
    ],
)
def test_words_of_the_template(text: str, left: str) -> None:
    (finding,) = found(report(other=f"未收取信息处理费。{text}"), "G-4")
    assert finding.severity is Severity.ERROR
    assert finding.values == (left,)


def test_the_official_headings_are_not_template_words() -> None:
    headings = (
        "一、总体情况（文字描述）",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况（文字描述）",
        "六、其他需要报告的事项（文字描述，收取信息处理费情况在此处报告。）",
    )
    assert [f.rule for f in audit(report(headings=headings)) if f.rule != "T4"] == []  # type: ignore[arg-type]


# --- P-11 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["2022年我局未收取信息处理费。", "发出收费通知1件，收取信息处理费100元。"])
def test_the_fee_is_reported(text: str) -> None:
    assert found(report(other=text), "P-11") == []


def test_no_word_on_the_fee() -> None:
    (finding,) = found(report(other="无其他需要报告的事项。"), "P-11")
    assert finding.severity is Severity.ERROR


def test_the_fee_in_other_words_is_suspicious() -> None:
    (finding,) = found(report(other="全年没有收取任何费用。"), "P-11")
    assert finding.severity is Severity.WARNING


def test_fees_that_do_not_add_up() -> None:
    fees = "2022年收取信息处理费{0}元，其中按件计收300元，其他按量计收200元。"
    assert found(report(other=fees.format(500)), "P-11") == []
    (finding,) = found(report(other=fees.format(600)), "P-11")
    assert (finding.severity, finding.values) == (Severity.WARNING, (600, 500))


def test_the_fee_in_another_part_is_a_hint() -> None:
    read = report(other="无其他需要报告的事项。", supervision="（五）监督保障\n未收取信息处理费。")
    (finding,) = found(read, "P-11")
    assert finding.severity is Severity.INFO
    assert "（五）监督保障" in finding.where


def test_the_fee_is_not_asked_for_in_an_excerpt_nor_in_the_form_of_2019() -> None:
    text = report_text(other="无。")
    assert found(read_text(text[: text.index("六、其他")]), "P-11") == []
    assert found(report(clean_tables(Form.F2019), other="无。"), "P-11") == []
