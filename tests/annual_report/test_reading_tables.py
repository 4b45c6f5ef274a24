"""Numbers out of text: every shape back to the same tables, nothing guessed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.annual_report.reading import NoteKind, read_text
from gongkai.annual_report.reading.lines import number
from gongkai.annual_report.rendering.layout import TableLayout
from gongkai.law.report_form import Form, Tables, cells
from tests.annual_report.sample_reports import SHAPES, by_tabs, clean_tables, report_text

Shape = Callable[[TableLayout, Tables], str]
COUNTS = st.integers(min_value=0, max_value=10**7)
AMOUNTS = st.decimals(min_value=0, max_value=10**6, places=6, allow_nan=False)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("form", list(Form))
def test_every_shape_reads_back(shape: Shape, form: Form) -> None:
    tables = clean_tables(form)
    title = f"江湾县水务局{form.value}年政府信息公开工作年度报告"
    read = read_text(report_text(tables, write=shape, title=title))
    assert read.format is form
    assert read.tables == tables
    assert read.notes == ()


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_numbers_read_back(shape: Shape, data: st.DataObject) -> None:
    values = data.draw(st.lists(COUNTS, min_size=200, max_size=200))
    tables = Tables(dict(zip(cells(), values, strict=True))).with_cells({"t2.charges.amount": data.draw(AMOUNTS)})
    assert read_text(report_text(tables, write=shape)).tables == tables


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("13", 13),
        ("１３", 13),
        (" 1 3 ", 13),
        ("1,234", 1234),
        ("1，234", 1234),
        ("2766.7879", Decimal("2766.7879")),
        ("160.5964万元", Decimal("160.5964")),
        ("75394432.52元", Decimal("7539.443252")),
        ("20件", 20),
        ("-15", -15),
        ("", None),
        ("/", None),
        ("无", None),
        ("减4", None),
        ("12,34", None),
        ("二十", None),
        ("000023", None),
        ("0", 0),
        ("0.5", Decimal("0.5")),
    ],
)
def test_numbers_of_cells(cell: str, value: object) -> None:
    assert number(cell) == value


def _changed(old: str, new: str) -> str:
    text = report_text(write=by_tabs)
    assert old in text
    return text.replace(old, new)


def _row(key: str) -> str:
    return "\t".join(str(value) for value in clean_tables().row(key))


def test_blank_and_marked_cells_beside_numbers_are_zero_and_noted() -> None:
    read = read_text(_changed("规章\t0\t0\t0", "规章\t/\t-\t"))
    assert [read.tables[f"t2.rules.{c}"] for c in ("made", "repealed", "in_force")] == [0, 0, 0]
    assert [note.kind for note in read.notes] == [NoteKind.BLANK_AS_ZERO] * 3


def test_a_blank_part_in_a_row_of_table_3_is_zero() -> None:
    tables = clean_tables().with_cells({"t3.granted.research": 0})
    text = report_text(tables)
    row = "\t".join(map(str, tables.row("granted")))
    blanked = row.split("\t")
    blanked[2] = ""
    read = read_text(text.replace(row, "\t".join(blanked)))
    assert read.tables == tables
    assert [note.where for note in read.notes] == ["t3.granted.research"]


def test_a_blank_total_stays_unknown() -> None:
    row = _row("granted")
    read = read_text(_changed(row, row.rpartition("\t")[0] + "\t"))
    assert read.tables["t3.granted.total"] is None
    assert read.tables["t3.granted.natural_person"] == clean_tables()["t3.granted.natural_person"]
    assert [note.kind for note in read.notes] == [NoteKind.BLANK_TOTAL]


def test_a_row_with_only_its_total_says_nothing_of_the_kinds() -> None:
    read = read_text(_changed(_row("granted"), "\t\t\t\t\t\t9"))
    assert read.tables.row("granted") == (None, None, None, None, None, None, 9)


def test_a_row_with_only_a_zero_total_is_all_zero() -> None:
    read = read_text(_changed(_row("granted"), "\t\t\t\t\t\t0"))
    assert read.tables.row("granted") == (0,) * 7


def test_a_row_of_marks_is_none_of_anything() -> None:
    read = read_text(_changed(_row("granted"), "/\t/\t/\t/\t/\t/\t/"))
    assert read.tables.row("granted") == (0,) * 7


def test_labels_without_numbers_are_not_zero() -> None:
    read = read_text(_changed(_row("granted"), "\t\t\t\t\t\t"))
    assert read.tables.row("granted") == (None,) * 7


def test_collapsed_blanks_are_not_guessed() -> None:
    read = read_text(_changed("\t\t\t" + _row("received"), "\t103\t3\t1\t107"))
    assert read.tables.row("received") == (None,) * 7
    assert [(note.kind, note.where) for note in read.notes] == [(NoteKind.UNREAD, "t3.received")]
    assert "103 3 1 107" in " ".join(read.notes[0].seen.split())


def test_words_where_a_number_belongs_are_not_read() -> None:
    read = read_text(_changed(_row("granted"), _row("granted").replace("\t", "\t约", 1)))
    assert read.tables.row("granted") == (None,) * 7


def test_an_extra_row_is_set_aside() -> None:
    text = _changed("第二十条第（五）项", "其他主动公开文件\t7\t8\t9\n第二十条第（五）项")
    assert read_text(text).tables == clean_tables()


def test_an_extra_row_of_table_3_is_noted_not_read() -> None:
    new = "\t（八）属于工作秘密\t\t1\t2\t3\t4\t5\t6\t21\n"
    text = _changed("四、结转下年度继续办理", new + "四、结转下年度继续办理")
    read = read_text(text)
    assert read.tables == clean_tables()
    assert [note.kind for note in read.notes] == [NoteKind.UNKNOWN_ROW]


def test_a_table_repeated_at_a_page_break_changes_nothing() -> None:
    text = report_text()
    header = "\t\t\t自然人\t法人或其他组织\t\t\t\t\t总计\n三、本年度办理结果\n"
    broken = text.replace("\t（四）无法提供", header + "\t（四）无法提供")
    assert broken != text
    assert read_text(broken).tables == clean_tables()


def test_a_row_that_stands_there_twice_keeps_the_first_and_says_so() -> None:
    row = f"一、本年新收政府信息公开申请数量\t\t\t{_row('received')}"
    read = read_text(_changed(row, f"{row}\n{row.replace(_row('received'), '1	0	0	0	0	0	1')}"))
    assert read.tables == clean_tables()
    assert [note.kind for note in read.notes] == [NoteKind.REPEATED]


def test_a_row_that_lost_its_label_is_read_by_its_place() -> None:
    text = _changed(f"1.属于国家秘密\t{_row('state_secret')}", _row("state_secret"))
    read = read_text(text)
    assert read.tables == clean_tables()
    assert [(note.kind, note.where) for note in read.notes] == [(NoteKind.BY_PLACE, "t3.state_secret")]


def test_of_two_rows_one_without_a_label_none_is_read_by_its_place() -> None:
    text = _changed(f"1.属于国家秘密\t{_row('state_secret')}", _row("state_secret"))
    second = f"2.其他法律行政法规禁止公开\t{_row('prohibited_by_law')}\n"
    assert second in text
    read = read_text(text.replace(second, ""))
    assert read.tables.row("state_secret") == (None,) * 7
    assert NoteKind.NUMBERS_WITHOUT_LABEL in {note.kind for note in read.notes}


@pytest.mark.parametrize(
    ("official", "printed"),
    [
        ("（一）予以公开", "(一) 予以公开"),
        ("3.危及“三安全一稳定”", '3.危及"三安全一稳定"'),
        ("8.属于行政查询事项", "８．属于行政查询事项"),
        ("（七）总计", "(七) 总计"),
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "1.逾期不补正",
        ),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开"),
        ("一、本年新收政府信息公开申请数量", "一、本年新收申请"),
    ],
)
def test_labels_as_they_are_really_printed(official: str, printed: str) -> None:
    assert read_text(_changed(official, printed)).tables == clean_tables()


def test_table_4_short_of_a_number_is_not_read() -> None:
    numbers = "\t".join(str(value) for value in clean_tables().table_4())
    read = read_text(_changed(numbers, numbers.rpartition("\t")[0]))
    assert read.tables.table_4() == (None,) * 15
    assert [note.where for note in read.notes] == ["t4"]


def test_table_4_with_blanks_for_zero() -> None:
    tables = clean_tables().with_cells({"t4.reconsideration.other": 0, "t4.litigation_direct.upheld": 0})
    numbers = "\t".join(str(value) for value in tables.table_4())
    blanked = "\t".join("" if value == 0 else str(value) for value in tables.table_4())
    assert read_text(report_text(tables).replace(numbers, blanked)).tables == tables


def test_amount_with_its_unit_in_the_cell() -> None:
    read = read_text(_changed("行政事业性收费\t0", "行政事业性收费\t160.5964万元"))
    assert read.tables["t2.charges.amount"] == Decimal("160.5964")


def test_headings_only_leave_the_tables_empty() -> None:
    read = read_text(report_text(write=lambda layout, tables: ""))
    assert len(read.tables.missing) == 200
    assert not read.complete
    assert read.whole


def test_a_kept_layout_with_group_and_row_side_by_side() -> None:
    numbers = "  ".join(str(value) for value in clean_tables().row("not_held"))
    old = "\t（四）无法提供\t1.本机关不掌握相关政府信息\t" + _row("not_held")
    read = read_text(_changed(old, f"年    （四）无法提供   1.本机关不掌握相关政府信息   {numbers}"))
    assert read.tables == clean_tables()


def test_a_label_wrapped_around_its_numbers() -> None:
    numbers = "  ".join(str(value) for value in clean_tables().row("partially_granted"))
    label = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    old = f"\t{label}\t\t{_row('partially_granted')}"
    read = read_text(_changed(old, f"{label[:18]}\n      {numbers}\n{label[18:]}"))
    assert read.tables == clean_tables()
