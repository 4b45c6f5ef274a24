"""This year's report against last year's, and a 汇总 against its members."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from gongkai.annual_report.audit import AgencyLevel, Finding, Previous, Severity, audit
from gongkai.law.report_form import CHARGES, Tables, Value, cells
from tests.annual_report.sample_reports import PROSE, TITLE, clean_tables, report


def found(
    rule: str, tables: Tables | None = None, *, prose: Mapping[str, str] | None = None, **known: Any
) -> list[Finding]:
    return [f for f in audit(report(tables, **(prose or {})), **known) if f.rule == rule]


def last_year(changes: Mapping[str, Value], **known: Any) -> Previous:
    """Last year's report, from which this year's follows without a break but for ``changes``."""
    tables = clean_tables()
    follows = {
        a.replace("carried_in", "carried_out"): v for a, v in tables.cells.items() if a.startswith("t3.carried_in")
    }
    return Previous(tables.with_cells({**follows, "t2.normative_documents.in_force": 29, **changes}), **known)


def test_carried_over_by_column() -> None:
    assert found("X-1", previous=last_year({})) == []
    (finding,) = found("X-1", previous=last_year({"t3.carried_out.research": 9}))
    assert (finding.severity, finding.values) == (Severity.ERROR, (3, 9))
    assert "科研机构" in finding.where


def test_a_report_of_another_year_is_not_compared() -> None:
    (finding,) = found("X-1", previous=last_year({"t3.carried_out.research": 9}, year=2019))
    assert (finding.severity, finding.values) == (Severity.INFO, (2019, 2022))
    assert found("X-2", previous=last_year({"t2.normative_documents.in_force": 1}, year=2019)) == []


def test_in_force_rolls_forward() -> None:
    assert found("X-2", previous=last_year({})) == []
    (finding,) = found("X-2", previous=last_year({"t2.normative_documents.in_force": 30}))
    assert (finding.severity, finding.values) == (Severity.WARNING, (31, 32))


@pytest.mark.parametrize(("in_force", "severity"), [(2, None), (1, Severity.WARNING), (0, Severity.WARNING)])
def test_more_repealed_than_there_were(in_force: int, severity: Severity | None) -> None:
    given = [f.severity for f in found("T2-3", previous=last_year({"t2.normative_documents.in_force": in_force}))]
    assert given == [severity] * (severity is not None)


def test_more_repealed_than_can_have_been() -> None:
    tables = clean_tables().with_cells({"t2.normative_documents.repealed": 8})
    (finding,) = found("T2-3", tables, previous=last_year({"t2.normative_documents.in_force": 3}))
    assert (finding.severity, finding.values) == (Severity.ERROR, (8, 3))


def test_yuan_for_ten_thousand_yuan() -> None:
    tables = clean_tables().with_cells({CHARGES: Decimal("27667879")})
    (finding,) = found("T2-4", tables, previous=last_year({CHARGES: Decimal("2766.7")}))
    assert finding.severity is Severity.WARNING
    assert "一万倍" in finding.message.zh
    assert "一百亿元" in found("T2-4", tables)[0].message.zh
    assert found("T2-4", tables, agency_level=AgencyLevel.PROVINCE) == []


def test_usual_amounts_are_silent() -> None:
    tables = clean_tables().with_cells({CHARGES: Decimal("2766.7879")})
    assert found("T2-4", tables, previous=last_year({CHARGES: Decimal("310.5")})) == []
    assert found("T2-4", tables, agency_level=AgencyLevel.TOWN) == []
    (finding,) = found("T2-4", tables.with_cells({"t2.licences.decisions": 0}), agency_level=AgencyLevel.TOWN)
    assert finding.values == (Decimal("2766.7879"),)


def test_disputes_from_nowhere() -> None:
    nothing = Tables({**dict.fromkeys(cells(), 0), "t4.reconsideration.upheld": 2, "t4.reconsideration.total": 2})
    (finding,) = found("T4-2", nothing, previous=Previous(Tables(dict.fromkeys(cells(), 0))))
    assert (finding.severity, finding.values) == (Severity.WARNING, (2, 0))
    assert found("T4-2", nothing) == []
    assert found("T4-2", nothing, previous=last_year({})) == []


LONG = "（一）存在问题\n1、栏目分类不细，群众查找不便。\n2、解读形式较少，图解和视频不多。\n（二）改进措施\n1、按主题重排栏目，每季度检查。\n2、增加图解和视频解读。"


def test_problems_like_last_years() -> None:
    before = Previous(clean_tables(), problems=report(problems=LONG.replace("每季度", "每半年")).prose(5)[0].plain)
    whole = Previous(clean_tables(), problems="".join(s.plain for s in report(problems=LONG).prose(5)))
    assert found("G-1", previous=before, prose={"problems": LONG}) == []
    (finding,) = found("G-1", previous=whole, prose={"problems": LONG.replace("每季度", "每月")})
    assert finding.severity is Severity.WARNING
    assert 80 <= int(finding.values[0]) < 100


# --- X-3 ----------------------------------------------------------------------------------------------------


def halves(tables: Tables) -> dict[str, Tables | None]:
    one = {address: (value or 0) // 2 for address, value in tables.cells.items()}
    other = {address: (value or 0) - one[address] for address, value in tables.cells.items()}
    return {"水务局": Tables(one), "农业农村局": Tables(other)}


def test_the_sum_of_its_members() -> None:
    members = halves(clean_tables())
    assert found("X-3", members=members) == []
    tables = clean_tables().with_cells({"t3.granted.business": 77})
    (ours,) = found("X-3", tables, members=members, own=True)
    (others,) = found("X-3", tables, members=members)
    assert (ours.severity, others.severity) == (Severity.ERROR, Severity.WARNING)
    assert ours.values == (77, clean_tables()["t3.granted.business"])


def test_a_member_that_has_not_reported() -> None:
    (finding,) = found("X-3", members={**halves(clean_tables()), "教育局": None}, own=True)
    assert "教育局" in finding.message.zh


# --- F-5 ----------------------------------------------------------------------------------------------------


@pytest.mark.article("条例", 49)
@pytest.mark.parametrize(
    ("title", "line", "late"),
    [
        (TITLE, "发布日期：2023-01-31", False),
        (TITLE, "发布日期：2023-02-01", True),
        ("江湾县杨柳镇2022年政府信息公开工作年度报告", "发布时间：2023年3月26日", True),
        ("江湾县人民政府2022年政府信息公开工作年度报告", "发布时间：2023年3月26日", False),
        ("江湾县人民政府2022年政府信息公开工作年度报告", "发布时间：2023年4月1日", True),
        ("江湾高新区管委会2022年政府信息公开工作年度报告", "发布时间：2023年3月26日", False),
        (TITLE, "2023年2月30日", False),
    ],
)
def test_published_late(title: str, line: str, late: bool) -> None:
    given = found("F-5", prose={"title": title, "other": f"{PROSE['other']}\n{line}"})
    assert [f.severity for f in given] == [Severity.ERROR] * late


def test_the_day_of_publication_that_we_know() -> None:
    (finding,) = found("F-5", published_on=dt.date(2023, 2, 3))
    assert finding.values == ("2023-02-03", "2023-01-31")
    assert found("F-5", published_on=dt.date(2023, 1, 3)) == []
