"""Headings and numbering."""

from __future__ import annotations

import pytest

from gongkai.annual_report.audit import Finding, Severity, audit
from gongkai.annual_report.audit.sequences import faults
from gongkai.annual_report.reading import Report, read_text
from tests.annual_report.sample_reports import HEADINGS, report, report_text


def found(read: Report, rule: str) -> list[Finding]:
    return [finding for finding in audit(read) if finding.rule == rule]


def with_heading(number: int, words: str) -> Report:
    headings = [*HEADINGS]
    headings[number - 1] = words
    return report(headings=tuple(headings))  # type: ignore[arg-type]


# --- H-1, H-2 -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["H-1", "H-2", "H-3", "H-4", "H-5"])
def test_a_clean_report_is_silent(rule: str) -> None:
    assert found(report(), rule) == []


def test_two_headings_of_one_number() -> None:
    read = report(opening="一、我局的基本做法\n统计期限自2022年1月1日起至2022年12月31日止。")
    (finding,) = found(read, "H-1")
    assert finding.severity is Severity.ERROR
    assert finding.values == ("总体情况", "我局的基本做法")
    assert finding.line == 5


def test_a_wrong_number() -> None:
    (finding,) = found(with_heading(4, "五、政府信息公开行政复议、行政诉讼情况"), "H-1")
    assert finding.severity is Severity.ERROR
    assert finding.values == ("五、", "四、")


def test_a_foreign_heading_in_the_place_of_a_part() -> None:
    (finding,) = found(with_heading(1, "一、我局的基本做法"), "H-1")
    assert finding.severity is Severity.ERROR
    assert "我局的基本做法" in finding.message.zh


def test_a_part_missing_in_the_middle() -> None:
    text = report_text()
    cut = text[: text.index("四、政府信息公开行政")] + text[text.index("五、存在") :]
    (finding,) = found(read_text(cut), "H-1")
    assert finding.severity is Severity.ERROR
    assert "第四部分" in finding.message.zh


def test_a_part_missing_where_the_file_breaks_off_is_a_warning() -> None:
    text = report_text()
    findings = found(read_text(text[: text.index("五、存在")]), "H-1")
    assert [f.severity for f in findings] == [Severity.WARNING, Severity.WARNING]
    findings = found(read_text(text[text.index("二、主动") :]), "H-1")
    assert [f.severity for f in findings] == [Severity.WARNING]


def test_a_part_that_stands_twice() -> None:
    read = report(problems="五、存在的主要问题及改进情况\n栏目分类不细。")
    (finding,) = found(read, "H-1")
    assert finding.severity is Severity.ERROR
    assert "2 次" in finding.message.zh


def test_parts_out_of_order() -> None:
    read = report(
        headings=(*HEADINGS[:4], "六、其他需要报告的事项", "五、存在的主要问题及改进情况"),  # type: ignore[arg-type]
    )
    (finding,) = found(read, "H-1")
    assert finding.severity is Severity.ERROR
    assert "顺序" in finding.message.zh


def test_other_words_are_a_hint() -> None:
    (finding,) = found(with_heading(5, "五、工作中存在的问题和改进措施"), "H-1")
    assert finding.severity is Severity.INFO


def test_a_seventh_part() -> None:
    (finding,) = found(report(other="未收取信息处理费。\n七、2023年工作思路\n继续努力。"), "H-2")
    assert finding.severity is Severity.WARNING
    assert finding.values == ("2023年工作思路",)


# --- Sequences ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "nested", "missing"),
    [
        ([1, 2, 3], False, []),
        ([1, 2, 4], False, [(3,)]),
        ([2], False, [(1,)]),
        ([1, 1, 2], False, [()]),
        ([1, 1, 2], True, []),
        ([1, 2, 2, 3], False, [()]),
        ([1, 2, 1, 2], False, []),
        ([1, 2, 1, 2, 3], True, []),
        ([1, 1, 2, 2], True, []),
        ([1, 3, 3], True, [(2,), ()]),
        ([1, 2, 5, 6], False, [(3, 4)]),
        ([], True, []),
    ],
)
def test_sequences(numbers: list[int], nested: bool, missing: list[tuple[int, ...]]) -> None:
    assert [fault.missing for fault in faults(numbers, nested=nested)] == missing


# --- H-3 ----------------------------------------------------------------------------------------------------


def test_a_gap_in_the_bracketed_numbers() -> None:
    read = report(supervision="（六）监督保障\n组织培训两次。")
    (finding,) = found(read, "H-3")
    assert finding.severity is Severity.ERROR
    assert finding.values == ("（五）", "（六）")
    assert "「（五）」" in finding.message.zh


def test_a_repeated_bracketed_number() -> None:
    (finding,) = found(report(management="（二）政府信息管理\n明确专人。"), "H-3")[:1]
    assert "重复" in finding.message.zh


def test_half_a_bracket() -> None:
    (finding,) = found(report(problems="（一）问题\n更新慢。\n二)措施\n加强更新。"), "H-3")
    assert "括号" in finding.message.zh


def test_bracketed_numbers_begin_anew_in_each_part() -> None:
    read = report(
        problems="（一）问题\n更新慢。\n（二）措施\n加强更新。", other="（一）未收取信息处理费。\n（二）其他无。"
    )
    assert found(read, "H-3") == []


def test_several_items_in_one_paragraph_leave_no_gap() -> None:
    read = report(problems="（一）更新慢；（二）解读少；\n（三）措施不细。")
    assert found(read, "H-3") == []


def test_the_items_of_article_20_are_no_headings() -> None:
    read = report(management="（三）政府信息管理\n按照第二十条第（五）项整理目录。")
    assert found(read, "H-3") == []


# --- H-4 ----------------------------------------------------------------------------------------------------


def test_a_two_without_a_one() -> None:
    (finding,) = found(report(problems="更新慢。\n2、改进办法\n加强更新。"), "H-4")
    assert finding.severity is Severity.ERROR
    assert finding.values == ("1、", "2、")


def test_a_gap_in_bracketed_arabic_numbers() -> None:
    (finding,) = found(report(problems="（1）更新慢。\n（2）解读少。\n（4）人手少。"), "H-4")
    assert finding.values == ("(3)", "(4)")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("一是更新慢。三是解读少。", [("二是", "三是")]),
        ("一是更新慢。二是解读少。二是人手少。", [("二是",)]),
        ("二是解读少。三是人手少。", [("一是", "二是")]),
    ],
)
def test_spoken_numbers(text: str, values: list[tuple[str, ...]]) -> None:
    assert [f.values for f in found(report(problems=text), "H-4")] == values


@pytest.mark.parametrize(
    "text",
    [
        "一是更新慢；二是解读少；三是人手少。",
        "一是更新慢；二要加强解读；三是充实人手。",
        "主要有一是更新慢，二是解读少。",
        "一是更新慢，二\n是解读少，三是人手少。",
        "一是更新慢：一是信箱，二是专栏；二是解读少。",
        "这是原因之一是众所周知的。统一是关键。",
        "1、更新慢。2、解读少。\n3、人手少。",
        "1.更新慢。\n(1)信箱。\n(2)专栏。\n2.解读少。\n(1)图解。\n(2)视频。",
        "1）更新慢。\n2）解读少。",
        "①更新慢。\n②解读少。",
    ],
)
def test_numbering_in_order(text: str) -> None:
    assert found(report(problems=text), "H-4") == []


def test_numbers_begin_anew_below_each_sub_heading() -> None:
    assert found(report(problems="（一）问题\n1、更新慢。\n（二）措施\n1、加强更新。\n2、充实人手。"), "H-4") == []


def test_bullets_before_numbers_are_one_finding() -> None:
    (finding,) = found(report(problems="- (1)更新慢。\n- (2)解读少。"), "H-4")
    assert finding.severity is Severity.ERROR
    assert finding.values == (2,)


# --- H-5 ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("piece", "aspect"),
    [
        ("management", "政府信息管理"),
        ("platforms", "政府信息公开平台建设"),
        ("supervision", "监督保障"),
    ],
)
def test_an_aspect_left_out(piece: str, aspect: str) -> None:
    (finding,) = found(report(**{piece: "（三）其他工作\n开展了培训。"}), "H-5")
    assert finding.severity is Severity.WARNING
    assert finding.values == (aspect,)


def test_aspects_in_running_text_count() -> None:
    text = "加强主动公开。做好依申请公开。规范政府信息管理。推进平台建设。落实监督保障。"
    pieces = dict.fromkeys(("proactive", "applications", "management", "platforms", "supervision"), "")
    assert found(report(**{**pieces, "proactive": text}), "H-5") == []


def test_aspects_are_not_asked_for_where_the_file_breaks_off_in_part_one() -> None:
    text = report_text()
    assert found(read_text(text[: text.index("（三）政府信息管理")]), "H-5") == []
