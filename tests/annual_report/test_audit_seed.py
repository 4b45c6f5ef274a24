"""The real report this project began from: what is wrong in it is found, what is right is left alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.annual_report.audit import Finding, Severity, audit
from gongkai.annual_report.reading import Report, read_report
from gongkai.law.outcomes import Outcome
from gongkai.law.report_form import Form, broken_identities


@pytest.fixture
def seed(seed_report: Path) -> Report:
    return read_report(seed_report)


def by_severity(seed: Report, severity: Severity) -> list[tuple[str, tuple[object, ...]]]:
    return [(finding.rule, finding.values) for finding in audit(seed) if finding.severity is severity]


def of_rule(seed: Report, rule: str) -> Finding:
    *_, finding = (f for f in audit(seed) if f.rule == rule and f.severity is not Severity.INFO)
    return finding


# --- Read exactly -------------------------------------------------------------------------------------------


def test_who_and_when(seed: Report) -> None:
    assert (seed.agency, seed.year, seed.format) == ("郑州经济技术开发区管委会", 2021, Form.F2021)
    assert seed.complete
    assert seed.notes == ()


def test_table_2(seed: Report) -> None:
    assert {address: value for address, value in seed.tables.cells.items() if address.startswith("t2.")} == {
        "t2.rules.made": 0,
        "t2.rules.repealed": 0,
        "t2.rules.in_force": 0,
        "t2.normative_documents.made": 13,
        "t2.normative_documents.repealed": 83,
        "t2.normative_documents.in_force": 83,
        "t2.licences.decisions": 3288,
        "t2.penalties.decisions": 893,
        "t2.coercion.decisions": 27,
        "t2.charges.amount": Decimal("2766.7879"),
    }


def test_table_3(seed: Report) -> None:
    for row in ("received", "granted", "total"):
        assert seed.tables.row(row) == (13, 4, 0, 0, 3, 0, 20)
    others = [outcome.value for outcome in Outcome if outcome is not Outcome.GRANTED]
    for row in ("carried_in", *others, "carried_out"):
        assert seed.tables.row(row) == (0,) * 7


def test_table_4(seed: Report) -> None:
    assert seed.tables.table_4() == (1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1)


# --- What must be found -------------------------------------------------------------------------------------


def test_the_errors_are_exactly_these(seed: Report) -> None:
    assert by_severity(seed, Severity.ERROR) == [
        ("H-1", ("总体情况", "政府信息公开工作的基本情况")),
        ("L-1", ("和中央、省、市、关于政府信息",)),
        ("L-5", ("《条例》",)),
        ("L-2", ("一是我区重点工作",)),
        ("P-1", (0, 20)),
        ("L-2", ("一是我区平台政务公开工作和基层政务公开",)),
        ("H-3", ("（四）", "（五）")),
        ("H-4", (3,)),
        ("L-3", ("有待丰富有待加强",)),
        ("L-4", ("更新效率有待进一步提高；",)),
        ("H-4", ("1、", "2、")),
        ("L-6", ("政务信息公开", "基层政务平台", "政府信息公开费用")),
    ]


def test_the_warnings_are_exactly_these(seed: Report) -> None:
    assert by_severity(seed, Severity.WARNING) == [
        ("H-5", ("政府信息管理",)),
        ("H-6", ("社会评议", "责任追究")),
        ("F-7", ("本单位", "我区")),
        ("P-7", (0, 3)),
        ("L-7", ("作出决定、报批",)),
        ("G-2", (3, 2)),
        ("P-11", ("本年度我区未收取政府信息公开费用。",)),
        ("T2-3", (83, 83)),
        ("T3-7", (20, 3)),
        ("T4", (1, 1)),
        ("F-1", ()),
        ("G-3", (679, 1)),
    ]


def test_the_hints_are_exactly_these(seed: Report) -> None:
    assert by_severity(seed, Severity.INFO) == [("T4", (1,))]


def test_prose_and_table_in_the_words_of_the_clerk(seed: Report) -> None:
    finding = of_rule(seed, "P-1")
    assert finding.where == "第一部分（二）依申请公开，第19行"
    assert "20 件（自然人 13、商业企业 4、法律服务机构 3）" in finding.message.zh


def test_where_the_headings_fail(seed: Report) -> None:
    assert "用了 2 次" in of_rule(seed, "H-1").message.zh
    assert of_rule(seed, "H-3").where == "第一部分（五）监督保障，第25行"
    assert "前面没有「1、」" in of_rule(seed, "H-4").message.zh


# --- What must not be flagged -------------------------------------------------------------------------------


def test_there_is_no_arithmetic_error(seed: Report) -> None:
    assert broken_identities(seed.tables) == ()
    assert not {"T3-1", "T3-2", "T3-3", "T3-4", "T4-1", "T2-0", "T4-0"} & {f.rule for f in audit(seed)}


def test_two_different_fees_are_not_compared(seed: Report) -> None:
    assert not [f for f in audit(seed) if "2766" in f.message.zh or "行政事业性收费" in f.where]


def test_decimals_zeros_and_half_width_brackets_are_silent(seed: Report) -> None:
    silent = [f for f in audit(seed) if f.rule.startswith(("T2", "T3")) and f.rule not in ("T2-3", "T3-7")]
    assert silent == []


def test_no_rules_and_no_refusals_are_silent(seed: Report) -> None:
    assert not [f for f in audit(seed) if "「规章」" in f.where or "不予公开" in f.where]


def test_the_heading_without_行政机关_is_silent(seed: Report) -> None:  # noqa: N802
    assert not [f for f in audit(seed) if f.rule == "H-1" and "主动公开政府信息情况" in f.message.zh]


def test_its_length_is_silent(seed: Report) -> None:
    assert not [f for f in audit(seed) if "字数" in f.message.zh or "一千字" in f.message.zh]


def test_procedure_words_are_no_figures(seed: Report) -> None:
    assert not [f for f in audit(seed) if f.rule in ("P-2", "P-3", "P-10")]
