"""Figures of the prose against one another and against results: P-4, P-5, P-6, P-8, P-9, and T3-6."""

from __future__ import annotations

import pytest

from gongkai.annual_report.audit import Finding, Severity, audit
from gongkai.annual_report.reading import Report, read_text
from gongkai.law.report_form import Tables
from tests.annual_report.sample_reports import report, report_text
from tests.annual_report.test_audit_figures import says, tables_20

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741


def found(read: Report, rule: str) -> list[Finding]:
    return [finding for finding in audit(read) if finding.rule == rule]


def given(sentence: str, rule: str, tables: Tables | None = None) -> list[Severity]:
    return [finding.severity for finding in found(says(sentence, tables), rule)]


def test_other_handling_of_many() -> None:
    tables = tables_20().with_cells({"t3.other.total": 6})
    (finding,) = found(report(tables), "T3-6")
    assert (finding.severity, finding.values) == (W, (6, 18))
    assert found(report(tables_20().with_cells({"t3.other.total": 4})), "T3-6") == []


@pytest.mark.parametrize(
    ("sentence", "severities"),
    [
        ("新收政府信息公开申请78件，上年结转3件政府信息公开申请，办结75件，结转下年度继续办理3件。", [W]),
        ("新收政府信息公开申请75件，上年结转3件政府信息公开申请，办结75件，结转下年度继续办理3件。", []),
        ("收到政府信息公开申请78件，办结75件，结转下年度继续办理3件。", []),
        ("收到政府信息公开申请78件，办结75件。", []),
    ],
)
def test_prose_balances_where_there_is_no_table(sentence: str, severities: list[Severity]) -> None:
    text = report_text(applications=f"（二）依申请公开\n{sentence}")
    start, end = text.index("三、收到和处理"), text.index("四、政府信息公开行政复议")
    without = read_text(text[:start] + "三、收到和处理政府信息公开申请情况\n\n" + text[end:])
    assert [f.severity for f in found(without, "P-4")] == severities


@pytest.mark.parametrize(
    ("sentence", "severities"),
    [
        ("办结申请18件，其中予以公开12件，无法提供6件。", []),
        ("办结申请18件，其中予以公开11件，无法提供6件。", [E]),
        ("办结政府信息公开申请18件，予以公开和部分公开12件，无法提供7件。", [E]),
        ("收到政府信息公开申请20件，11件予以公开。", [E]),
        ("收到政府信息公开申请8件，其中予以公开5件。", [W]),
        ("2021年办结申请9件，其中予以公开9件。", []),
        ("办结申请18件，不予公开、不予处理等5件。", []),
        ("申请人为自然人的，予以公开3件。", []),
        ("收到政府信息公开申请20件，予以公开信息11条。", []),
    ],
)
def test_results_in_prose(sentence: str, severities: list[Severity]) -> None:
    assert given(sentence, "P-5") == severities


@pytest.mark.parametrize(
    ("sentence", "severities"),
    [
        ("公开政府信息300条，其中动态类信息100条，占33.3%。", []),
        ("公开政府信息300条，其中动态类信息100条，占比33.34%。", []),
        ("公开政府信息300条，其中动态类信息100条，占33.9%。", [I]),
        ("公开政府信息300条，其中动态类信息100条，占43.3%。", [W]),
        ("收到申请42件，18件予以公开，占42%。", []),
        ("办结政府信息公开申请，予以公开12件，占66.7%。", []),
        ("公开政府信息100条，同比增长12.5%。", []),
        ("网站公开100条，占80%。", []),
    ],
)
def test_percentages(sentence: str, severities: list[Severity]) -> None:
    assert given(sentence, "P-6") == severities


@pytest.mark.parametrize(
    ("sentence", "changed", "severities"),
    [
        ("政府信息公开行政复议、行政诉讼案件均获维持。", {}, []),
        ("政府信息公开行政诉讼案件均被维持。", {"t4.litigation_direct.pending": 1}, [E]),
        ("政府信息公开行政复议案件均获维持。", {"t4.litigation_direct.pending": 1}, []),
        ("已审结的政府信息公开行政诉讼均获维持。", {"t4.litigation_direct.pending": 1}, []),
        ("政府信息公开行政诉讼零败诉。", {"t4.litigation_direct.corrected": 1}, [E]),
        ("政府信息公开行政诉讼零败诉。", {"t4.litigation_direct.pending": 1}, []),
    ],
)
def test_all_upheld(sentence: str, changed: dict[str, int], severities: list[Severity]) -> None:
    assert given(sentence, "P-8", tables_20().with_cells(changed)) == severities


@pytest.mark.parametrize(
    ("sentence", "severities"),
    [
        ("公开政府信息300条，其中动态类200条、公告60条、其他40条。", []),
        ("公开政府信息300条，其中动态类200条、公告60条、其他30条。", [W]),
        ("公开政府信息2599条，其中网站1533条、公众号1000条。", []),
        ("公开政府信息2599条，其中网站1553条、公众号1000条。", [W]),
        ("公开政府信息300条，其中网站250条、公众号100条。", [W]),
        ("公开政府信息300条，其中网站200条、公众号30条等。", []),
        ("公开政府信息300条，其中网站（含专栏20条）200条、其他100条。", []),
        ("公开政府信息3,000条，其中网站2,000条、其他1,000条。", []),
    ],
)
def test_lists_add_up(sentence: str, severities: list[Severity]) -> None:
    assert given(sentence, "P-9") == severities
