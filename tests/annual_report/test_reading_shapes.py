"""Every shape in which real tables are met, made from known numbers, reads back exactly what it does not destroy."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from gongkai.annual_report.reading import NoteKind, read_text
from gongkai.law.report_form import Form, broken_identities, identities, table_3_rows
from tests.annual_report.sample_reports import by_tabs, report_text
from tests.annual_report.shapes import MONEY, SHAPES, Shape, random_tables

SEEDS = range(4)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.letter} {shape.name}")
@pytest.mark.parametrize("form", list(Form))
def test_a_shape_reads_back(shape: Shape, form: Form) -> None:
    for seed in SEEDS:
        tables = random_tables(seed, form)
        read = read_text(shape.text(tables))
        assert read.format is form
        lost = shape.lost(tables)
        expected = {address: None if address in lost else value for address, value in tables.cells.items()}
        found = dict(read.tables.cells)
        if shape.guessed:  # what is read of tables 2 and 4 is right; the rest is said to be unread
            doubtful = {a for a in found if not a.startswith("t3.") and found[a] is None}
            told = {note.where for note in read.notes if note.kind is NoteKind.UNREAD}
            assert {"t4" if a.startswith("t4") else a.rpartition(".")[0] for a in doubtful} <= told
            expected |= dict.fromkeys(doubtful)
        assert found == expected, seed


# --- Glued: what was parted by a rule is never proved by it -------------------------------------------------

GLUED = next(shape for shape in SHAPES if shape.letter == "K")


def test_cells_parted_by_sums_say_so() -> None:
    tables = random_tables(2)
    read = read_text(GLUED.text(tables))
    rules = {identity.rule for identity in identities() if not read.may_assert(identity)}
    assert {"T3-1", "T4-1"} <= rules
    assert read.decoded_by["t3.received.total"] >= {"T3-1"}
    assert NoteKind.DECODED in {note.kind for note in read.notes}
    assert read_text(report_text(tables)).decoded_by == {}


def test_a_fault_in_a_glued_table_is_never_read_away() -> None:
    """One cell changed, then glued: a row stays unread or a rule that was not used to read is broken."""
    for seed in range(60):
        tables = random_tables(seed)
        counted = [a for a, value in tables.cells.items() if a.startswith("t3.") and value is not None]
        address = counted[seed * 37 % len(counted)]
        faulty = tables.with_cells({address: (tables[address] or 0) + 1 + seed % 9})
        read = read_text(GLUED.text(faulty))
        unread = any(note.kind is NoteKind.UNREAD and note.where.startswith("t3.") for note in read.notes)
        broken = any(
            read.may_assert(one.identity) and one.identity.rule != "T4-1" for one in broken_identities(read.tables)
        )
        assert unread or broken, address


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ("规章000", (0, 0, 0)),
        ("规章1000", (10, 0, 0)),
        ("规章 2 1 30", (2, 1, 30)),
        ("规章5845546", (None, None, None)),
    ],
)
def test_glued_table_2_is_read_only_where_there_is_one_way(row: str, value: tuple[int | None, ...]) -> None:
    read = read_text(report_text().replace("规章\t0\t0\t0", row))
    assert tuple(read.tables[f"t2.rules.{column}"] for column in ("made", "repealed", "in_force")) == value
    assert ("t2.rules.made" in read.decoded_by) == (row in {"规章000", "规章1000"})


def test_glued_money_keeps_its_unit() -> None:
    read = read_text(report_text().replace("行政事业性收费\t0", "行政事业性收费160.5964万元"))
    assert read.tables["t2.charges.amount"] == Decimal("160.5964")


@pytest.mark.parametrize(("cell", "value"), MONEY)
def test_money_as_agencies_write_it(cell: str, value: str) -> None:
    read = read_text(report_text().replace("行政事业性收费\t0", f"行政事业性收费\t{cell}"))
    assert read.tables["t2.charges.amount"] == Decimal(value)


def test_numbers_apart_from_their_labels_are_read_only_if_they_add_up() -> None:
    tables = random_tables(1)
    faulty = tables.with_cells({"t3.granted.total": 999})
    read = read_text(report_text(faulty, write=next(s.write for s in SHAPES if s.name == "labels apart")))
    assert all(value is None for address, value in read.tables.cells.items() if address.startswith("t3."))
    assert (NoteKind.UNREAD, "t3") in {(note.kind, note.where) for note in read.notes}


# --- The form of 2019 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cell", "value"), [("-15", -15), ("减4", -4), ("增12", 12), ("增加3项", 3), ("/", 0)])
def test_how_many_more_or_fewer(cell: str, value: int) -> None:
    tables = random_tables(1, Form.F2019).with_cells({"t2.penalties.change": 77})
    text = Shape("B", "", by_tabs).text(tables)
    row = f"\t{tables['t2.penalties.items_last_year']}\t77\t"
    assert row in text
    read = read_text(text.replace(row, row.replace("77", cell)))
    assert read.tables == tables.with_cells({"t2.penalties.change": value})


# --- What is said -------------------------------------------------------------------------------------------


def said(text: str) -> dict[NoteKind, str]:
    return {note.kind: note.seen for note in read_text(text).notes}


def test_two_reports_in_one_file_keep_the_first_and_name_the_second() -> None:
    first = report_text(random_tables(1))
    second = report_text(random_tables(2), title="江湾县教育局2022年政府信息公开工作年度报告")
    read = read_text(first + second)
    assert read.tables == random_tables(1)
    assert read.agency == "江湾县水务局"
    assert said(first + second) == {NoteKind.TWO_REPORTS: "江湾县教育局2022年政府信息公开工作年度报告"}


def test_half_a_table_says_how_much_was_read() -> None:
    text = report_text(random_tables(1))
    half = text[: text.index("5.属于三类内部事务信息")]
    assert said(half)[NoteKind.HALF_TABLE] == "8"
    assert read_text(half).tables.row("third_party_rights") == random_tables(1).row("third_party_rights")


def test_labels_without_numbers_are_said() -> None:
    shape = next(shape for shape in SHAPES if shape.letter == "P")
    assert NoteKind.NO_NUMBERS in said(shape.text(random_tables(1)))


def test_the_statistics_of_before_2019_are_named() -> None:
    old = "指标名称\t单位\t统计数\n主动公开政府信息数（不同渠道和方式公开相同信息计1条）\t条\t120\n"
    text = report_text(write=lambda layout, tables: old if layout.key == "t2" else "")
    assert NoteKind.OLD_FORM in said(text)


def test_a_mirror_is_said_and_a_traditional_name_left_alone() -> None:
    shape = next(shape for shape in SHAPES if shape.letter == "V")
    text = shape.text(random_tables(1))
    assert NoteKind.NOISE in said(text)
    assert "365" not in "".join(sentence.text for sentence in read_text(text).sentences)
    named = read_text(report_text(other="联系人：於國華。2022年我局未收取信息处理费。"))
    assert named.notes == ()
    assert any("於國華" in sentence.text for sentence in named.sentences)


def test_digits_with_too_many_readings_are_given_up() -> None:
    ones = "".join(f"{row.label.zh}{'1' * 60}" for row in table_3_rows())
    began = time.process_time()
    read = read_text(report_text(write=lambda layout, tables: ones if layout.key == "t3" else ""))
    assert time.process_time() - began < 10
    assert {note.kind for note in read.notes} >= {NoteKind.UNREAD}
