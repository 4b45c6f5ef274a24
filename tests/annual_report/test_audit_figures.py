"""Figures of the prose against the tables: what must be found, and what must stay silent."""

from __future__ import annotations

import pytest

from gongkai.annual_report.audit import Finding, Severity, audit
from gongkai.annual_report.reading import Report
from gongkai.law.report_form import Tables, cells
from tests.annual_report.sample_reports import clean_tables, report

RECEIVED = 20
NONE_AT_ALL = Tables(dict.fromkeys(cells(), 0))


def tables_20() -> Tables:
    """新收 20, 上年结转 3, 办结 18, 结转 5; 复议 1, 诉讼 2+1; 规范性文件 4/2/31."""
    numbers = {"received": 20, "carried_in": 3, "granted": 12, "not_held": 6, "total": 18, "carried_out": 5}
    values = {f"t3.{key}.{column}": value for key, value in numbers.items() for column in ("natural_person", "total")}
    disputes = {"reconsideration": 1, "litigation_direct": 2, "litigation_after_reconsideration": 1}
    values |= {f"t4.{key}.{column}": value for key, value in disputes.items() for column in ("upheld", "total")}
    documents = {f"t2.normative_documents.{key}": v for key, v in (("made", 4), ("repealed", 2), ("in_force", 31))}
    return NONE_AT_ALL.with_cells({**values, **documents})


def says(sentence: str, tables: Tables | None = None, **prose: str) -> Report:
    return report(tables or tables_20(), applications=f"（二）依申请公开\n{sentence}", **prose)


def found(read: Report, rule: str) -> list[Finding]:
    return [finding for finding in audit(read) if finding.rule == rule]


# --- P-1 ----------------------------------------------------------------------------------------------------

NONE = (
    "2022年我局未收到政府信息公开申请。",
    "2022年未收到公民、法人或者其他组织提出的政府信息公开申请。",
    "全年没有收到政府信息公开申请。",
    "2022 年度，我局未接到任何政府信息公开申请。",
    "本年度未收到依申请公开事项。",
    "2022年无政府信息公开申请。",
    "2022年我局无依申请公开件。",
    "2022年收到政府信息公开申请0件。",
    "2022年共受理政府信息公开申请零件。",
    "2022年，收到依申请公开０件，按时办结率100%。",
    "2022年，本单位依申请公开0件。",
    "2022年我单位没有依申请公开的情况。",
    "无人申请公开政府信息。",
    "本年度，我局没有收到公民、法人和其他组织政府信息公开的申请。",
    "2022年我单位尚未收到过政府信息公开申请。",
)


@pytest.mark.parametrize("sentence", NONE)
def test_none_received_against_the_table(sentence: str) -> None:
    (finding,) = found(says(sentence), "P-1")
    assert finding.severity is Severity.ERROR
    assert finding.values == (0, 20)
    assert "自然人 20" in finding.message.zh
    assert finding.where.startswith("第一部分（二）依申请公开，第")
    assert found(says(sentence), "P-2") == []


@pytest.mark.parametrize("sentence", NONE)
def test_none_received_and_none_in_the_table(sentence: str) -> None:
    assert found(says(sentence, NONE_AT_ALL), "P-1") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "未收到行政许可申请。",
        "2022年我局未收到涉及国家秘密的政府信息公开申请。",
        "全年无超期答复政府信息公开申请情况。",
        "各乡镇未收到政府信息公开申请。",
        "县档案局全年未收到政府信息公开申请。",
        "2022年1月至6月未收到政府信息公开申请。",
        "无法提供的政府信息公开申请，均说明了理由。",
        "未收到企业提出的政府信息公开申请。",
        "未收到通过信函提出的政府信息公开申请。",
        "未发生因政府信息公开申请引发的行政复议。",
        "未收取政府信息公开申请处理费。",
        "2021年未收到政府信息公开申请。",
        "去年未收到政府信息公开申请。",
        "未收到政府信息公开行政复议申请。",
        "未收到关于政府信息公开工作的投诉举报。",
        "共收到政府信息公开申请20件，其中未收到法人和其他组织的政府信息公开申请。",
        "如未收到政府信息公开申请，应当在报告中注明。",
        "未收到需要补正的政府信息公开申请。",
        "确保受理一件、答复一件，避免遗漏政府信息公开申请。",
    ],
)
def test_other_denials_are_not_meant(sentence: str) -> None:
    assert found(says(sentence), "P-1") == []


# --- P-2 ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "2022年我局共收到政府信息公开申请18件。",
        "2022年新收政府信息公开申请 18 件。",
        "全年受理18件政府信息公开申请。",
        "2022年收到依申请公开１８件。",
    ],
)
def test_another_number_received(sentence: str) -> None:
    (finding,) = found(says(sentence), "P-2")
    assert finding.severity is Severity.ERROR
    assert finding.values == (18, 20)


@pytest.mark.parametrize(
    "sentence",
    [
        "2022年共收到政府信息公开申请20件，同比增长10%。",
        "2022年新收政府信息公开申请20件，上年结转3件。",
        "共受理20件政府信息公开申请，全部按时办结。",
        "收到政府信息公开申请20余件。",
        "收到政府信息公开申请30多件。",
        "共收到政府信息公开申请20件，其中收到网络申请政府信息公开15件。",
        "收到企业提出的政府信息公开申请6件。",
        "通过信函收到政府信息公开申请4件。",
        "2021年收到政府信息公开申请15件，2022年收到政府信息公开申请20件。",
        "上年收到政府信息公开申请15件。",
        "收到政府信息公开行政复议申请1件。",
        "收到关于信息公开的咨询35件。",
        "收到行政许可申请712件，均已公开。",
        "县政府办收到申请13件，各部门收到政府信息公开申请7件。",
        "县自然资源局收到政府信息公开申请11件，占55%。",
        "1-6月收到政府信息公开申请9件。",
        "截至2022年6月，共收到政府信息公开申请9件。",
        "1月1日至12月31日，全县收到政府信息公开申请20件。",
        "共收到政府信息公开申请20件（其中：网上申请12件，信函申请8件）。",
        "主动公开政府信息310条，受理群众来信申请9件。",
    ],
)
def test_numbers_that_agree_or_count_something_else(sentence: str) -> None:
    assert [f for f in found(says(sentence), "P-2") if f.severity is Severity.ERROR] == []


def test_received_including_those_carried_over_is_a_hint() -> None:
    (finding,) = found(says("2022年共收到政府信息公开申请23件。"), "P-2")
    assert finding.severity is Severity.INFO
    assert finding.values == (23, 20)


def test_newly_received_means_the_first_item_alone() -> None:
    (finding,) = found(says("2022年新收政府信息公开申请23件。"), "P-2")
    assert finding.severity is Severity.ERROR


def test_where_another_figure_fits_the_odd_one_is_a_warning() -> None:
    read = says("共收到政府信息公开申请20件。年内再次收到政府信息公开申请6件。")
    (finding,) = found(read, "P-2")
    assert finding.severity is Severity.WARNING
    assert finding.values == (6, 20)


def test_numbers_with_thousands_are_read_whole() -> None:
    many = {f"t3.received.{column}": 1234 for column in ("natural_person", "total")}
    assert found(says("共收到政府信息公开申请1,234件。", tables_20().with_cells(many)), "P-2") == []


# --- P-3 ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("收到政府信息公开申请20件，办结19件。", (19, 18)),
        ("收到政府信息公开申请20件，19件均已按期答复。", (19, 18)),
        ("政府信息公开申请结转下年度继续办理4件。", (4, 5)),
        ("政府信息公开申请结转至2023年办理4件。", (4, 5)),
        ("上年结转政府信息公开申请2件。", (2, 3)),
        ("2021年结转政府信息公开申请2件。", (2, 3)),
    ],
)
def test_handled_or_carried_over_differently(sentence: str, values: tuple[int, int]) -> None:
    (finding,) = found(says(sentence), "P-3")
    assert finding.severity is Severity.ERROR
    assert finding.values == values


@pytest.mark.parametrize(
    "sentence",
    [
        "收到政府信息公开申请20件，办结18件，结转下年度继续办理5件。",
        "上年结转政府信息公开申请3件。",
        "政府信息公开申请按时答复10件，延期答复8件。",
        "办结政府信息公开申请，其中答复予以公开12件。",
        "政府信息公开申请未办结5件。",
        "对收到的政府信息公开申请逐件登记，办结后归档3份材料。",
        "办理人大建议答复14件，均已公开，申请归档。",
        "政府信息公开申请按时答复率100%。",
    ],
)
def test_handled_and_carried_over_alike(sentence: str) -> None:
    assert found(says(sentence), "P-3") == []


# --- P-7 ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("因政府信息公开被申请行政复议4件。", (4, 1)),
        ("政府信息公开行政诉讼案件共9件。", (9, 3)),
        ("未发生因政府信息公开引起的行政诉讼。", (0, 3)),
    ],
)
def test_disputes_differ(sentence: str, values: tuple[int, int]) -> None:
    (finding,) = found(says(sentence), "P-7")
    assert finding.severity is Severity.WARNING
    assert finding.values == values


def test_a_denial_of_both_kinds_is_two_findings() -> None:
    read = says("未发生因政府信息公开申请行政复议、提起行政诉讼的情况。")
    assert [f.values for f in found(read, "P-7")] == [(0, 1), (0, 3)]


@pytest.mark.parametrize(
    "sentence",
    [
        "因政府信息公开被申请行政复议1件，被提起行政诉讼3件。",
        "行政复议备案134件，均与信息公开有关。",
        "政府信息公开行政复议被纠正0件。",
        "未发生政府信息公开行政诉讼败诉的情况。",
        "全局办理行政复议案件40件。",
        "积极履行政府信息公开行政复议、行政诉讼义务。",
        "无法提供的政府信息公开申请，告知行政复议、行政诉讼途径。",
    ],
)
def test_disputes_agree_or_have_another_scope(sentence: str) -> None:
    assert found(says(sentence), "P-7") == []


def test_disputes_are_unexplained_where_all_applications_are_denied() -> None:
    (finding,) = found(says("2022年未收到政府信息公开申请。"), "P-7")
    assert finding.severity is Severity.WARNING
    assert finding.values == (0, 4)
    assert found(says("共收到政府信息公开申请20件。"), "P-7") == []


# --- P-10 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("制发行政规范性文件6件，废止2件，现行有效31件。", [(6, 4)]),
        ("制发规范性文件0件，废止0件，现行有效0件。", [(0, 4), (0, 2), (0, 31)]),
        ("新制定6件行政规范性文件。", [(6, 4)]),
        ("现行有效行政规范性文件32件。", [(32, 31)]),
        ("2022年未制发行政规范性文件。", [(0, 4)]),
    ],
)
def test_normative_documents_differ(sentence: str, values: list[tuple[int, int]]) -> None:
    findings = found(report(tables_20(), management=f"（三）政府信息管理\n{sentence}"), "P-10")
    assert [f.values for f in findings] == values
    assert {f.severity for f in findings} == {Severity.ERROR}


@pytest.mark.parametrize(
    "sentence",
    [
        "制发行政规范性文件4件，废止2件，现行有效31件。",
        "主动公开规范性文件19件。",
        "制定规范性文件解读材料8份。",
        "清理规范性文件393件，废止77件。",
        "审查规范性文件草案12件。",
        "2021年制发行政规范性文件9件。",
        "其中现行有效规范性文件8件由其他部门起草。",
    ],
)
def test_normative_documents_agree_or_are_others(sentence: str) -> None:
    assert found(report(tables_20(), management=f"（三）政府信息管理\n{sentence}"), "P-10") == []


def test_every_figure_rule_is_silent_on_the_clean_report() -> None:
    assert not [f for f in audit(report(clean_tables())) if f.rule.startswith("P-")]
