"""What a writer is told while writing: the audit, placed in the sections; typed numbers; likeness with last year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.agencies.models import Agency
from gongkai.annual_report.audit import Severity
from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.models import Report, Scope
from gongkai.annual_report.writing import checks
from gongkai.annual_report.writing.as_read import as_read
from gongkai.annual_report.writing.checks import Note, notes_of
from gongkai.annual_report.writing.differences import differences
from gongkai.annual_report.writing.likeness import compared
from gongkai.annual_report.writing.word_count import words_in
from tests.annual_report.sample_reports import clean_tables
from tests.annual_report.written_reports import WORDS, YEAR

CONTENT = ReportContent("演示市城市管理局", YEAR, "own", clean_tables(), {**WORDS})
RECEIVED = CONTENT.tables["t3.received.total"]


@pytest.fixture(autouse=True)
def _no_year_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "year_before", lambda *about: None)


def notes(**words: str) -> list[Note]:
    """What is said when sections (`s1_2`) have other words."""
    changed = {key.removeprefix("s").replace("_", "."): text for key, text in words.items()}
    content = replace(CONTENT, sections={**CONTENT.sections, **changed})
    return list(notes_of(content, Report(agency=Agency(name=CONTENT.agency), year=YEAR)))


def of_rule(found: list[Note], rule: str) -> list[Note]:
    return [note for note in found if note.rule == rule]


def test_a_sound_report_has_no_error() -> None:
    assert [note for note in notes() if note.severity is Severity.ERROR] == []


def test_a_finding_stands_at_the_section_it_is_about() -> None:
    (note,) = of_rule(notes(s1_2="2024年，我局未收到政府信息公开申请。"), "P-1")
    assert (note.section, note.blocks, note.place.zh) == ("1.2", True, "（二）依申请公开")
    assert str(RECEIVED) in note.message.zh


def test_a_typed_number_that_the_table_has_is_to_be_linked() -> None:
    (note,) = of_rule(notes(s1_2=f"2024年，我局收到政府信息公开申请{RECEIVED}件。"), "D-4")
    assert (note.severity, note.link) == (Severity.INFO, "t3.received.total")
    assert f"这里的{RECEIVED}建议改为引用" in note.message.zh
    assert not note.asks


def test_a_typed_number_that_the_table_contradicts_is_asked_about_once() -> None:
    found = notes(s1_2="2024年，我局收到政府信息公开申请9999件。")
    (note,) = of_rule(found, "D-4")
    assert f"9999与表格不一致，表格是{RECEIVED}" in note.message.zh
    assert (note.severity, note.link) == (Severity.INFO, "t3.received.total")
    assert [one.rule for one in found if one.asks and one.section == "1.2"] == ["P-2"]


def test_a_typed_number_that_the_audit_passes_over_is_asked_about() -> None:
    """Of a stranger's report one of two figures may be a part; our own writer can say so."""
    total = CONTENT.tables["t3.total.total"]
    found = notes(s1_2=f"2024年，办结政府信息公开申请{total}件。2024年，办结政府信息公开申请9999件。")
    assert of_rule(found, "P-3") == []
    assert [note.message.zh[:9] for note in of_rule(found, "D-4") if note.asks] == ["这里的9999与表"]


@pytest.mark.article("年度报告格式", None)
def test_a_sum_that_its_members_do_not_make_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = CONTENT.tables
    given = {"演示市城市管理局": tables, "演示市园林所": None}
    monkeypatch.setattr(checks, "members", lambda agency, year: given)
    report = Report(agency=Agency(name=CONTENT.agency), year=YEAR, scope=Scope.WHOLE)
    (note,) = of_rule(list(notes_of(CONTENT, report)), "X-3")
    assert "演示市园林所" in note.message.zh
    assert (note.asks, note.section) == (True, "")
    assert of_rule(list(notes_of(CONTENT, report, with_members=False)), "X-3") == []


def test_a_linked_number_is_not_spoken_of() -> None:
    assert of_rule(notes(s1_2="2024年，我局收到政府信息公开申请{{ t3.received.total }}件。"), "D-4") == []


def test_what_is_unfinished_blocks() -> None:
    found = notes(s1_3=" ", s6="〔请填写：收费〕信息处理费{{ t3.nix.total }}元。")
    assert {(note.rule, note.section) for note in found if note.blocks} == {("D-1", "1.3"), ("D-2", "6"), ("D-3", "6")}


@pytest.mark.article("年度报告格式", None)
def test_a_thousand_characters_are_a_hint_and_no_more() -> None:
    (note,) = [one for one in notes(s1_1="公开。" * 334) if one.rule in ("D-5", "G-5")]  # one number of it, not two
    assert (note.rule, note.severity, note.asks, note.blocks) == ("D-5", Severity.INFO, False, False)
    assert of_rule(notes(s5="公开。" * 334), "D-5") == []


def test_the_key_of_a_note_lasts_and_tells_notes_apart() -> None:
    found = notes(s1_2="2024年，我局收到政府信息公开申请9999件。", s1_3="", s1_4="")
    assert len({note.key for note in found}) == len(found)
    assert {note.key for note in notes(s1_3="", s1_4="")} < {note.key for note in found} | {
        note.key for note in notes()
    }


def test_the_audit_reads_the_words_and_the_cells_as_they_are() -> None:
    read = as_read(CONTENT)
    assert read.report.tables == CONTENT.tables
    assert (read.report.year, read.report.agency) == (YEAR, CONTENT.agency)
    assert {section for section, _ in read.typed.values()} == set(WORDS)
    assert read.report.whole


# --- Likeness, length, differences --------------------------------------------------------------------------

LAST = "一是部分栏目更新不够及时，内容有待丰富。二是全年组织业务培训2次。三是政策解读形式较为单一，图解偏少。"


def test_sentences_that_stood_there_last_year_are_named() -> None:
    now = "一是部分栏目更新不够及时，内容有待丰富。二是全年组织业务培训5次。三是新设基层联系点，收集群众意见。"
    found = compared(now, LAST)
    assert found.same == ("一是部分栏目更新不够及时，内容有待丰富。", "二是全年组织业务培训5次。")
    assert (found.share, found.sentences) == (66, 3)


def test_another_text_is_not_like_it() -> None:
    assert compared("针对群众反映的占道经营问题，公开整治清单。", LAST).same == ()
    assert compared("", LAST).share == 0
    assert compared(LAST, "").same == ()


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("公开，共2024年。", 7), ("{{ t3.received.total }}件 PDF/A", 5), ("一 二\n三", 3)],
)
def test_length_is_counted_as_word_processors_do(text: str, length: int) -> None:
    assert words_in(text) == length


def test_what_changed_is_told_by_sentence_and_cell() -> None:
    cells = {"t3.received.total": 1}
    now = replace(
        CONTENT,
        tables=CONTENT.tables.with_cells(cells),
        sections={**WORDS, "6": "2024年，本机关未收取信息处理费。无其他事项。"},
    )
    found = differences(CONTENT, now)
    assert [(cell.address, was, new) for cell, was, new in found.cells] == [("t3.received.total", str(RECEIVED), "1")]
    (linked, other) = found.sections
    assert linked[0].key == "1.2"  # its printed figure changed with the cell
    assert [(piece.sign, piece.text) for piece in other[1]] == [
        ("", "2024年，本机关未收取信息处理费。"),
        ("+", "无其他事项。"),
    ]
    assert not differences(CONTENT, CONTENT)
