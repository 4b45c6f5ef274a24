"""Title, agency, year, headings, sentences, and whether the text is whole."""

from __future__ import annotations

import pytest

from gongkai.annual_report.reading import Style, read_text
from gongkai.annual_report.reading.headings import part_of
from tests.annual_report.sample_reports import HEADINGS, TITLE, report, report_text


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        (TITLE, "江湾县水务局", 2022),
        ("江湾县水务局 2022 年政府信息公开 工作年度报告", "江湾县水务局", 2022),
        ("江湾县水务局\n2022年度政府信息公开工作年度报告", "江湾县水务局", 2022),
        ("江湾县水务局2022年政府信息公开\n工作年度报告", "江湾县水务局", 2022),
        ("2022年江湾县水务局政府信息公开工作年度报告", "江湾县水务局", 2022),
        ("江湾县水务局二〇二二年政府信息公开工作年度报告", "江湾县水务局", 2022),
        ("江湾县水务局政府信息公开工作年度报告（２０２２年）", "江湾县水务局", 2022),
        ("发布时间：某日\n江湾县水务局2022年政府信息公开工作年度报告", "江湾县水务局", 2022),
        ("首页 > 政府信息公开 > 年度报告\n江湾县水务局2022年政府信息公开工作年度报告", "江湾县水务局", 2022),
    ],
)
def test_titles(title: str, agency: str, year: int) -> None:
    read = report(title=title)
    assert (read.agency, read.year) == (agency, year)
    assert read.title is not None
    assert "公开" in read.title


def test_without_a_title_the_year_comes_from_the_declaration() -> None:
    text = report_text(title="", opening="现发布本局2022年政府信息公开工作年度报告。")
    read = read_text(text)
    assert read.title is None
    assert read.year == 2022


def test_headings_with_number_style_and_part() -> None:
    read = report()
    assert [(h.number, h.part) for h in read.headings if h.style is Style.PART] == [(n, n) for n in range(1, 7)]
    assert [h.mark for h in read.headings_in(1)] == ["（一）", "（二）", "（三）", "（四）", "（五）"]
    assert [h.mark for h in read.headings_in(5)] == ["（一）", "1、", "2、", "（二）", "1、", "2、"]


def test_rows_of_tables_are_no_headings() -> None:
    titles = {heading.title for heading in report().headings}
    assert not any("本年新收" in title or "予以公开" in title or "国家秘密" in title for title in titles)


@pytest.mark.parametrize(
    ("printed", "part"),
    [
        ("因政府信息公开工作被申请行政复议、提起行政诉讼情况", 4),
        ("行政机关主动公开政府信息情况", 2),
        ("总体情况（文字描述）", 1),
        ("总体情况", 1),
        ("政府信息公开工作存在的主要问题及改进情况", 5),
        ("其他需要报告的事项（文字描述，收取信息处理费情况在此处报告。）", 6),
    ],
)
def test_official_words_and_their_aliases(printed: str, part: int) -> None:
    assert part_of(printed) == (part, True)


@pytest.mark.parametrize(
    ("printed", "part"),
    [
        ("政府信息公开行政法复议、行政诉讼情况", 4),
        ("政府信息公开申请办理和处理情况", 3),
        ("工作中存在的问题和改进措施", 5),
        ("其他报告事项", 6),
        ("工作思路", None),
        ("政府信息公开工作的基本情况", None),
        ("关于主动公开的情况，我局做了以下工作。", None),
    ],
)
def test_other_words(printed: str, part: int | None) -> None:
    assert part_of(printed) == (part, False)


def test_parts_that_lost_their_automatic_number_are_found() -> None:
    read = report(headings=tuple(heading[2:] for heading in HEADINGS))  # type: ignore[arg-type]
    assert [h.part for h in read.parts] == [1, 2, 3, 4, 5, 6]
    assert all(h.number is None for h in read.parts)
    assert read.complete


def test_a_heading_with_its_text_on_the_same_line() -> None:
    headings = (*HEADINGS[:5], "六、其他需要报告的事项：2022年未收取信息处理费。")
    read = report(headings=headings, other="")  # type: ignore[arg-type]
    assert [sentence.text for sentence in read.prose(6)] == ["2022年未收取信息处理费。"]


def test_the_bracketed_instruction_of_part_six_is_not_its_text() -> None:
    headings = (*HEADINGS[:5], "六、其他需要报告的事项（文字描述，收取信息处理费情况在此处报告。）")
    read = report(headings=headings, other="无。")  # type: ignore[arg-type]
    assert [sentence.text for sentence in read.prose(6)] == ["无。"]


def test_wrapped_lines_are_joined() -> None:
    read = report(supervision="（五）监督保障\n一是开展培训，二\n是组织检查。")
    assert "一是开展培训，二是组织检查。" in [sentence.text for sentence in read.prose(1)]


def test_tables_are_not_prose() -> None:
    assert read_text(report_text()).prose(3) == ()


def test_numbered_bullets_and_half_brackets_are_seen() -> None:
    read = report(problems="- (1)栏目少。\n- (2)更新慢。\n二)措施\n加强更新。")
    assert [(h.mark, h.faulty) for h in read.headings_in(5)] == [
        ("(1)", "bullet"),
        ("(2)", "bullet"),
        ("（二）", "bracket"),
    ]


def test_decimals_and_dates_are_no_item_numbers() -> None:
    read = report(problems="1.5万人次访问。\n12.31前完成。\n2022.12完成。")
    assert read.headings_in(5) == ()


def test_a_whole_report_is_complete() -> None:
    read = report()
    assert read.whole
    assert read.complete


def test_a_file_that_breaks_off_is_not_whole() -> None:
    text = report_text()
    assert not read_text(text[: text.index("五、")]).whole
    assert not read_text(text[text.index("二、") :]).begins_whole


def test_a_table_of_contents_and_an_item_of_article_20_are_no_headings() -> None:
    contents = "\n".join(f"{heading}……{page}" for page, heading in enumerate(HEADINGS, 1))
    read = read_text(report_text(opening=f"{contents}\n依照第二十条第\n（五）项整理。"))
    assert [h.part for h in read.parts] == [1, 2, 3, 4, 5, 6]
    assert len(read.headings_in(1)) == 5
