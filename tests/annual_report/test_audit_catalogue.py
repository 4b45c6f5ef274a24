"""Every rule of the catalogue exists, once, and says what it demands."""

from __future__ import annotations

from gongkai.annual_report.audit import FAMILIES, RULES, Severity, audit
from tests.annual_report.sample_reports import clean_tables, report

CATALOGUE = (
    "T3-1 T3-2 T3-3 T3-4 T3-5 T3-6 T3-7 T4-1 T4-2 T2-1 T2-2 T2-3 T2-4 "
    "P-1 P-2 P-3 P-4 P-5 P-6 P-7 P-8 P-9 P-10 P-11 P-12 F-1 F-2 F-3 F-4 F-5 F-6 "
    "H-1 H-2 H-3 H-4 H-5 H-6 H-7 G-1 G-2 G-3 G-4 X-1 X-2 X-3"
).split()
#: Our own: what was not read, questions on disputes, scope, length, the reader's remarks, language.
OURS = "T2-0 T4-0 T4 F-7 G-5 R-1 L-1 L-2 L-3 L-4 L-5 L-6 L-7".split()
#: Two different fees are never compared: the rule is that there is none.
SILENT = {"P-12"}


def test_every_rule_of_the_catalogue_is_there() -> None:
    assert set(RULES) == {*CATALOGUE, *OURS} - SILENT


def test_each_says_in_both_languages_what_it_demands() -> None:
    assert all(rule.demand.zh and rule.demand.en and rule.check.__doc__ for rule in RULES.values())
    assert all(rule.id in (rule.check.__doc__ or "") for rule in RULES.values())
    assert {rule.check.__module__ for rule in RULES.values()} == {family.__name__ for family in FAMILIES}


def test_a_clean_report_beside_a_clean_one_of_last_year_is_silent() -> None:
    tables = clean_tables()
    carried = {f"t3.carried_out.{key}": tables[f"t3.carried_in.{key}"] for key in ("natural_person", "total")}
    before = report(
        tables.with_cells(
            {
                **{a.replace("carried_in", "carried_out"): v for a, v in tables.cells.items() if "carried_in" in a},
                **carried,
                "t2.normative_documents.in_force": 29,
            }
        ),
        title="江湾县水务局2021年政府信息公开工作年度报告",
        problems="（一）存在问题\n栏目更新不及时。\n（二）改进措施\n每周检查一次。",
    )
    assert [f for f in audit(report(), previous=before) if f.severity is not Severity.INFO] == []
