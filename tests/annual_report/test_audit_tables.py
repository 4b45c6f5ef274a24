"""Rules on tables: one report that breaks each, one that does not."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest

from gongkai.annual_report.audit import AgencyLevel, Finding, Severity, audit
from gongkai.annual_report.reading import Report, read_text
from gongkai.law.report_form import Form, Tables, Value, cells
from tests.annual_report.sample_reports import by_tabs, clean_tables, report, report_text


def found(read: Report, rule: str, **known: AgencyLevel) -> list[Finding]:
    return [finding for finding in audit(read, **known) if finding.rule == rule]


def changed(cells_: Mapping[str, Value]) -> Report:
    return report(clean_tables().with_cells(cells_))


def replaced(old: str, new: str) -> Report:
    text = report_text(write=by_tabs)
    assert old in text
    return read_text(text.replace(old, new))


def row(key: str) -> str:
    return "\t".join(str(value) for value in clean_tables().row(key))


NO_DISPUTES: Mapping[str, Value] = {address: 0 for address in cells() if address.startswith("t4.")}


def test_a_clean_report_has_no_error_and_no_warning() -> None:
    assert [f for f in audit(report()) if f.severity is not Severity.INFO] == []
    assert audit(changed(NO_DISPUTES)) == ()


# --- Sums ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "cell", "place"),
    [
        ("T3-1", "t3.granted.total", "第三部分表格「（一）予以公开」行"),
        ("T3-2", "t3.petition.research", "第三部分表格「科研机构」列"),
        ("T3-3", "t3.received.business", "第三部分表格「商业企业」列"),
        ("T4-1", "t4.litigation_direct.pending", "第四部分表格「未经复议直接起诉」"),
    ],
)
def test_sums(rule: str, cell: str, place: str) -> None:
    read = changed({cell: (clean_tables()[cell] or 0) + 1})
    (finding, *_) = found(read, rule)
    assert finding.severity is Severity.ERROR
    assert finding.where == place
    assert abs(Decimal(finding.values[0]) - Decimal(finding.values[1])) == 1
    assert str(finding.values[0]) in finding.message.zh
    assert str(finding.values[1]) in finding.message.en
    assert found(report(), rule) == []


def test_every_single_changed_cell_is_an_error_of_the_audit() -> None:
    tables, clean = clean_tables(), report()
    for address in cells():
        if address.startswith("t2."):
            continue
        read = dataclasses.replace(clean, tables=tables.with_cells({address: (tables[address] or 0) + 5}))
        rules = {f.rule for f in audit(read) if f.severity is Severity.ERROR}
        assert rules & {"T3-1", "T3-2", "T3-3", "T4-1"}, address


@pytest.mark.parametrize("rule", ["T3-1", "T3-2", "T3-3", "T4-1", "T2-2", "T2-3", "T3-4", "T3-5", "F-2"])
def test_the_form_of_2019_clean_breaks_none(rule: str) -> None:
    assert found(report(clean_tables(Form.F2019), title="江湾县水务局2020年政府信息公开工作年度报告"), rule) == []


def test_a_blank_total_with_known_parts_is_an_error() -> None:
    read = replaced(row("granted"), row("granted").rpartition("\t")[0] + "\t")
    (finding,) = found(read, "T3-1")
    assert finding.severity is Severity.ERROR
    assert finding.values == ("", clean_tables()["t3.granted.total"])
    assert found(read, "T3-4") == []


# --- Presence -----------------------------------------------------------------------------------------------


def test_a_lost_row_is_an_error_in_a_whole_report() -> None:
    read = replaced(f"2.重复申请\t{row('repeated')}\n", "\n")
    (finding,) = found(read, "T3-4")
    assert finding.severity is Severity.ERROR
    assert "2.重复申请" in finding.where


def test_a_row_cut_off_at_the_end_of_the_file_is_only_a_warning() -> None:
    text = report_text()
    read = read_text(text[: text.index("（五）不予处理")])
    assert {f.severity for f in found(read, "T3-4")} == {Severity.WARNING}


def test_a_row_under_another_name_is_set_aside_and_the_missing_one_only_a_warning() -> None:
    read = replaced("2.重复申请\t", "2.反复提出\t")
    assert {f.severity for f in found(read, "T3-4")} == {Severity.WARNING}
    assert any("反复提出" in f.message.zh for f in found(read, "T3-4"))


def test_an_unreadable_row_shows_what_stood_there() -> None:
    read = replaced("\t\t\t" + row("received"), "\t103\t3\t1\t107")
    (finding,) = found(read, "T3-4")
    assert "103" in finding.message.zh
    assert finding.line is not None


def test_a_kind_left_empty_beside_a_total_is_an_error() -> None:
    read = replaced(row("granted"), "\t\t\t\t\t\t9")
    (finding,) = found(read, "T3-4")
    assert "自然人" in finding.message.zh


@pytest.mark.parametrize("value", [-1, Decimal("2.5")])
def test_what_is_no_count_is_an_error(value: Value) -> None:
    read = changed({"t3.granted.other": value})
    (finding,) = found(read, "T3-4")
    assert finding.values == (value,)
    assert "自然人" not in finding.where


def test_counts_of_tables_2_and_4_and_a_negative_amount() -> None:
    read = changed({"t2.licences.decisions": Decimal("1.5"), "t2.charges.amount": -3, "t4.reconsideration.upheld": -1})
    assert [f.values for f in found(read, "T2-0")] == [(Decimal("1.5"),), (-3,)]
    assert [f.values for f in found(read, "T4-0")] == [(-1,)]


def test_an_amount_with_decimals_is_in_order() -> None:
    read = changed({"t2.charges.amount": Decimal("4166.241619")})
    assert found(read, "T2-0") == []


def test_a_picture_table_is_a_warning_for_each_table() -> None:
    read = read_text(report_text(write=lambda layout, tables: ""))
    for rule in ("T2-0", "T3-4", "T4-0"):
        (finding,) = found(read, rule)
        assert finding.severity is Severity.WARNING
        assert "图片" in finding.message.zh
    assert not [f for f in audit(read) if f.rule.startswith("T") and f.severity is Severity.ERROR]


def test_a_cell_of_table_2_left_empty_is_named() -> None:
    (finding,) = found(replaced("行政许可\t712", "行政许可\t"), "T2-0")
    assert "行政许可" in finding.where


def test_an_unreadable_table_4_shows_what_stood_there() -> None:
    numbers = "\t".join(str(value) for value in clean_tables().table_4())
    (finding,) = found(replaced(numbers, numbers.rpartition("\t")[0]), "T4-0")
    assert finding.severity is Severity.WARNING
    assert found(report(), "T4-0") == []


def test_two_reports_in_one_file_are_pointed_out() -> None:
    line = f"一、本年新收政府信息公开申请数量\t\t\t{row('received')}"
    (finding,) = found(replaced(line, f"{line}\n{line}"), "T3-4")
    assert finding.severity is Severity.WARNING
    assert "两份报告" in finding.message.zh


def test_blanks_are_one_hint_for_each_table() -> None:
    (finding,) = found(replaced("规章\t0\t0\t0", "规章\t/\t/\t/"), "T3-5")
    assert finding.severity is Severity.INFO
    assert finding.values == (3,)
    assert found(report(), "T3-5") == []


# --- Year and form ------------------------------------------------------------------------------------------


def test_old_tables_in_a_new_report() -> None:
    (finding,) = found(report(clean_tables(Form.F2019)), "F-2")
    assert finding.severity is Severity.ERROR
    assert finding.values == ("2019", "2021")
    assert found(report(), "F-2") == []


def test_the_old_table_2_may_count_fewer_than_last_year() -> None:
    fewer = clean_tables(Form.F2019).with_cells({"t2.licences.change": -15})
    title = "江湾县水务局2020年政府信息公开工作年度报告"
    assert found(report(fewer, title=title), "T2-0") == []
    (finding,) = found(report(fewer.with_cells({"t2.licences.decisions": -15}), title=title), "T2-0")
    assert finding.severity is Severity.ERROR


# --- Plausibility -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["t2.rules.made", "t2.rules.in_force"])
def test_rules_by_an_agency_without_the_power(cell: str) -> None:
    read = changed({cell: 2})
    (finding,) = found(read, "T2-1", agency_level=AgencyLevel.TOWN)
    assert finding.severity is Severity.ERROR
    assert finding.values == (2,)


def test_rules_are_not_judged_without_the_level_nor_where_there_is_the_power() -> None:
    read = changed({"t2.rules.made": 1, "t2.rules.in_force": 2})
    assert found(read, "T2-1") == []
    assert found(read, "T2-1", agency_level=AgencyLevel.CITY_WITH_DISTRICTS) == []
    assert found(report(), "T2-1", agency_level=AgencyLevel.TOWN) == []


@pytest.mark.parametrize("row_", ["rules", "normative_documents"])
def test_fewer_in_force_than_issued(row_: str) -> None:
    read = changed({f"t2.{row_}.made": 9, f"t2.{row_}.in_force": 4})
    (finding,) = found(read, "T2-2")
    assert finding.severity is Severity.WARNING
    assert finding.values == (4, 9)
    assert found(changed({f"t2.{row_}.made": 9, f"t2.{row_}.in_force": 9}), "T2-2") == []


def test_repealed_equal_to_in_force() -> None:
    column = "t2.normative_documents."
    (finding,) = found(changed({f"{column}repealed": 31}), "T2-3")
    assert finding.severity is Severity.WARNING
    assert finding.values == (31, 31)
    assert found(changed({f"{column}repealed": 0, f"{column}in_force": 0}), "T2-3") == []
    assert found(changed({f"{column}repealed": 30}), "T2-3") == []


def _all_granted(tables: Tables) -> Tables:
    kept = ("t3.received.", "t3.carried_in.", "t3.total.", "t3.carried_out.", "t2.", "t4.")
    none = {address: 0 for address in cells() if not address.startswith(kept)}
    granted = {a.replace(".total.", ".granted.", 1): tables[a] for a in cells() if a.startswith("t3.total.")}
    return tables.with_cells({**none, **granted})


@pytest.mark.parametrize(
    ("make", "hits"),
    [
        (_all_granted, 1),
        (lambda tables: _all_granted(tables).with_cells(NO_DISPUTES), 0),
        (lambda tables: tables, 0),
    ],
)
def test_all_granted_and_yet_disputed(make: Callable[[Tables], Tables], hits: int) -> None:
    tables = make(clean_tables())
    findings = found(report(tables), "T3-7")
    assert len(findings) == hits
    assert all(f.severity is Severity.WARNING for f in findings)
    assert found(report(tables), "T3-2") == []


def test_questions_on_disputes_are_hints() -> None:
    assert [f.severity for f in found(report(), "T4")] == [Severity.INFO, Severity.INFO]
    assert found(changed(NO_DISPUTES), "T4") == []
