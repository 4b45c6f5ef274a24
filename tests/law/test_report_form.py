"""The report form as data: labels, addresses, identities, JSON."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import Outcome
from gongkai.law.report_form import (
    ASPECTS,
    COLUMNS,
    PARTS,
    RESULTS,
    TABLE_2,
    Form,
    ReportFormError,
    Tables,
    broken_identities,
    cells,
    derive_totals,
    form_for_year,
    identities,
    table_3_rows,
)
from tests.annual_report.sample_reports import clean_tables

COUNTS = st.integers(min_value=0, max_value=10**6)


@pytest.mark.article("条例", 50)
def test_six_parts_in_order_with_their_headings() -> None:
    assert [part.number for part in PARTS] == [1, 2, 3, 4, 5, 6]
    assert PARTS[0].heading.zh == "总体情况（文字描述）"
    assert PARTS[1].heading.zh == "主动公开政府信息情况"
    assert PARTS[2].heading.zh == "收到和处理政府信息公开申请情况"
    assert PARTS[3].heading.zh == "政府信息公开行政复议、行政诉讼情况"
    assert PARTS[4].heading.zh == "存在的主要问题及改进情况（文字描述）"
    assert PARTS[5].heading.zh == "其他需要报告的事项（文字描述，收取信息处理费情况在此处报告。）"


def test_five_aspects_of_part_one() -> None:
    names = [aspect.name.zh for aspect in ASPECTS]
    assert names == ["主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"]


def test_form_of_2021_has_ten_175_and_fifteen_cells() -> None:
    assert Counter(address[:2] for address in cells()) == {"t2": 10, "t3": 175, "t4": 15}


def test_form_of_2019_has_23_rows_and_one_for_other_handling() -> None:
    rows = table_3_rows(Form.F2019)
    assert len(rows) == 23
    assert [row.label.zh for row in rows if row.key == "other"] == ["（六）其他处理"]
    assert Counter(address[:2] for address in cells(Form.F2019)) == {"t2": 22, "t3": 161, "t4": 15}


def test_rows_of_table_3_word_for_word() -> None:
    assert [row.label.zh for row in table_3_rows()] == [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”",
        "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
        "6.属于四类过程性信息",
        "7.属于行政执法案卷",
        "8.属于行政查询事项",
        "1.本机关不掌握相关政府信息",
        "2.没有现成信息需要另行制作",
        "3.补正后申请内容仍不明确",
        "1.信访举报投诉类申请",
        "2.重复申请",
        "3.要求提供公开出版物",
        "4.无正当理由大量反复申请",
        "5.要求行政机关确认或重新出具已获取信息",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.其他",
        "（七）总计",
        "四、结转下年度继续办理",
    ]


def test_row_keys_are_the_outcomes_between_four_others() -> None:
    keys = [row.key for row in table_3_rows()]
    assert keys == ["received", "carried_in", *(outcome.value for outcome in Outcome), "total", "carried_out"]


def test_columns_and_results_in_official_order() -> None:
    assert [column.key for column in COLUMNS] == [*(kind.value for kind in ApplicantKind), "total"]
    assert [result.text.zh for result in RESULTS] == ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


@pytest.mark.article("条例", 20)
def test_table_2_word_for_word() -> None:
    assert [
        (block.caption.zh, [c.text.zh for c in block.columns], [r.text.zh for r in block.rows]) for block in TABLE_2
    ] == [
        ("第二十条第（一）项", ["本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "行政规范性文件"]),
        ("第二十条第（五）项", ["本年处理决定数量"], ["行政许可"]),
        ("第二十条第（六）项", ["本年处理决定数量"], ["行政处罚", "行政强制"]),
        ("第二十条第（八）项", ["本年收费金额（单位：万元）"], ["行政事业性收费"]),
    ]


def test_only_the_amount_is_decimal() -> None:
    assert [cell.address for cell in cells().values() if cell.decimal] == ["t2.charges.amount"]


def test_every_label_is_given_in_both_languages() -> None:
    for cell in cells().values():
        assert cell.place.zh
        assert cell.place.en.isascii()


@pytest.mark.parametrize(
    ("year", "form"), [(2018, None), (2019, Form.F2019), (2020, Form.F2019), (2021, Form.F2021), (2025, Form.F2021)]
)
def test_form_of_a_year(year: int, form: Form | None) -> None:
    assert form_for_year(year) is form


# --- Tables -------------------------------------------------------------------------------------------------


def test_cells_not_given_hold_nothing() -> None:
    tables = Tables({"t3.granted.natural_person": 3})
    assert tables["t3.granted.natural_person"] == 3
    assert tables["t3.granted.business"] is None
    assert len(tables.missing) == 199


def test_an_unknown_cell_is_refused_with_its_name() -> None:
    with pytest.raises(ReportFormError) as refused:
        Tables({"t3.granted.nobody": 1})
    assert refused.value.code == "unknown_cell"
    assert "t3.granted.nobody" in refused.value.message.zh


@pytest.mark.parametrize("value", [1.5, "3", True, Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(ReportFormError) as refused:
        Tables({"t2.charges.amount": value})  # type: ignore[dict-item]
    assert refused.value.code == "bad_value"


def test_tables_cannot_be_changed_in_place() -> None:
    tables = clean_tables()
    with pytest.raises(TypeError):
        tables.cells["t2.rules.made"] = 1  # type: ignore[index]


def test_tables_compare_hash_and_pickle() -> None:
    tables = clean_tables()
    assert pickle.loads(pickle.dumps(tables)) == tables
    assert hash(tables) == hash(clean_tables())
    assert tables != tables.with_cells({"t2.rules.made": 9})


def test_row_and_table_4_in_official_order() -> None:
    tables = Tables({address: number for number, address in enumerate(cells())})
    assert tables.row("received") == tuple(range(10, 17))
    assert tables.table_4() == tuple(range(185, 200))


# --- Identities ---------------------------------------------------------------------------------------------


def test_how_many_identities() -> None:
    rules = Counter(identity.rule for identity in identities())
    assert rules == {"T3-1": 25, "T3-2": 7, "T3-3": 7, "T4-1": 3}
    assert len({identity.key for identity in identities()}) == 42


def test_clean_tables_break_nothing() -> None:
    assert broken_identities(clean_tables()) == ()
    assert broken_identities(clean_tables(Form.F2019)) == ()


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("change", [1, -1])
def test_every_single_changed_cell_of_tables_3_and_4_is_found(form: Form, change: int) -> None:
    tables = clean_tables(form)
    for address in cells(form):
        if not address.startswith("t2."):
            value = tables[address]
            assert isinstance(value, int)
            broken = broken_identities(tables.with_cells({address: value + change}))
            assert any(address in (*b.identity.left, *b.identity.right) for b in broken), address


def test_a_cell_and_its_row_total_changed_together_break_the_column() -> None:
    tables = clean_tables()
    for outcome in Outcome:
        cell, total = f"t3.{outcome.value}.business", f"t3.{outcome.value}.total"
        changed = {a: (tables[a] or 0) + 1 for a in (cell, total)}
        broken = {b.identity.key for b in broken_identities(tables.with_cells(changed))}
        assert broken == {"T3-2:business", "T3-2:total"}


def test_a_broken_identity_says_both_sums() -> None:
    (first, *_) = broken_identities(clean_tables().with_cells({"t4.reconsideration.total": 99}))
    assert first.identity.key == "T4-1:reconsideration"
    assert (first.left, first.right) == (99, 10)
    assert first.identity.where.zh == "第四部分表格「行政复议」"


def test_an_identity_with_an_empty_cell_is_not_judged() -> None:
    tables = clean_tables().with_cells({"t3.received.other": None})
    assert broken_identities(tables) == ()


def test_the_printed_identity_is_broken_by_a_wrong_carry_over() -> None:
    tables = clean_tables()
    wrong = (tables["t3.carried_out.welfare"] or 0) + 1
    broken = {b.identity.key for b in broken_identities(tables.with_cells({"t3.carried_out.welfare": wrong}))}
    assert broken == {"T3-3:welfare", "T3-1:carried_out"}


@settings(max_examples=30, deadline=None)
@given(st.lists(COUNTS, min_size=190, max_size=190))
def test_derived_totals_satisfy_all_sums(numbers: list[int]) -> None:
    addresses = [address for address in cells() if address.startswith(("t3.", "t4."))]
    tables = derive_totals(Tables(dict(zip(addresses, numbers, strict=True))))
    assert {b.identity.rule for b in broken_identities(tables)} <= {"T3-3"}


def test_derived_totals_leave_the_parts_and_the_carry_over_alone() -> None:
    tables = clean_tables().with_cells({"t3.total.total": 0, "t3.granted.total": 0, "t3.carried_out.other": 77})
    derived = derive_totals(tables)
    assert derived["t3.carried_out.other"] == 77
    assert derived["t3.granted.total"] == clean_tables()["t3.granted.total"]


def test_a_total_with_an_empty_part_is_unknown() -> None:
    derived = derive_totals(clean_tables().with_cells({"t3.granted.business": None}))
    assert derived["t3.granted.total"] is None
    assert derived["t3.total.business"] is None
    assert derived["t3.total.total"] is None
    assert derived["t3.total.research"] is not None


# --- JSON ---------------------------------------------------------------------------------------------------


def test_json_has_the_shape_of_the_contract() -> None:
    data = clean_tables().with_cells({"t2.charges.amount": Decimal("2.5")}).to_json()
    assert list(data) == ["t2", "t3", "t4"]
    assert json.loads(json.dumps(data))["t2"]["t2.charges.amount"] == 2.5
    rows = data["t3"]
    assert isinstance(rows, dict)
    assert list(rows) == [row.key for row in table_3_rows()]
    assert all(len(row) == 7 for row in rows.values())
    assert len(data["t4"]) == 15  # type: ignore[arg-type]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.none() | COUNTS, min_size=200, max_size=200),
    st.decimals(min_value=0, max_value=10**7, places=6, allow_nan=False),
)
def test_json_there_and_back(numbers: list[int | None], amount: Decimal) -> None:
    tables = Tables(dict(zip(cells(), numbers, strict=True))).with_cells({"t2.charges.amount": amount})
    assert Tables.from_json(json.loads(json.dumps(tables.to_json()))) == tables


@pytest.mark.parametrize(
    "data",
    [
        {"t3": {"received": [1, 2, 3]}},
        {"t3": {"received": "1234567"}},
        {"t3": {"receivd": [0] * 7}},
        {"t4": [0] * 14},
        {"t2": [1, 2]},
        {"t2": {"t2.rules.made": "many"}},
        {"t2": {"t9.rules.made": 1}},
    ],
)
def test_json_of_another_shape_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ReportFormError):
        Tables.from_json(data)
