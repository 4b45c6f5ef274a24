"""The whole report in every file: title, six parts with their words, the official tables, and always the same bytes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from io import BytesIO
from types import MappingProxyType
from zipfile import ZipFile

import openpyxl
import pypdfium2
import pytest
from docx import Document
from lxml import html

from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.linked_figures import UnknownFigure
from gongkai.annual_report.rendering import (
    render_report_document,
    render_report_docx,
    render_report_html,
    render_report_pdf,
    render_report_xlsx,
)
from gongkai.annual_report.rendering.layout import layouts
from gongkai.documents.errors import MissingGlyph
from tests.annual_report.sample_reports import clean_tables

DAY = dt.date(2023, 1, 20)
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def content(
    scope: str = "own", agency: str = "江湾县水务局", *, words: Mapping[str, str] = MappingProxyType({})
) -> ReportContent:
    tables = clean_tables().with_cells({"t2.charges.amount": Decimal("4166.241619")})
    said = {
        "1": "统计期限自2022年1月1日起至2022年12月31日止。",
        "1.1": "全年公开310条。\n更新栏目。",
        "1.3": "（二）政府信息管理\n制发{{ t2.normative_documents.made }}件。",
        "3": "本年新收{{ t3.received.total }}件。",
        "5": "栏目分类不细。",
        "6": "未收取信息处理费。",
    }
    return ReportContent(agency, 2022, scope, tables, {**said, **words})


def docx_lines(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs if paragraph.text]


def pdf_text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)


def test_a_word_file_holds_title_parts_and_words_in_order() -> None:
    assert docx_lines(render_report_docx(content(), published=DAY)) == [
        "江湾县水务局2022年政府信息公开工作年度报告",
        "公布日期：2023年1月20日",
        HEADINGS[0],
        "统计期限自2022年1月1日起至2022年12月31日止。",
        "（一）主动公开",
        "全年公开310条。",
        "更新栏目。",
        # Typed with its heading, printed with it once; what nobody wrote of leaves no gap in the numbers.
        "（二）政府信息管理",
        "制发4件。",
        HEADINGS[1],
        HEADINGS[2],
        "本年新收1397件。",
        HEADINGS[3],
        HEADINGS[4],
        "栏目分类不细。",
        HEADINGS[5],
        "未收取信息处理费。",
    ]


def test_html_has_the_same_words_and_escapes_them() -> None:
    fragment = render_report_html(content(words={"6": "<script>alert(1)</script> & 其他"}), published=DAY)
    page = html.fragment_fromstring(fragment)
    assert [head.text_content() for head in page.iterfind(".//h2")] == list(HEADINGS)
    assert page.xpath("//section[last()]/p/text()") == ["<script>alert(1)</script> & 其他"]
    assert not page.xpath("//script")
    assert len(page.xpath("//table")) == 3
    assert not page.xpath("//td[not(@headers)]")
    assert all(region.get("tabindex") == "0" for region in page.xpath("//*[@role='region']"))
    assert "style=" not in fragment


def test_an_english_page_says_which_words_are_chinese() -> None:
    page = html.fragment_fromstring(render_report_html(content(), lang="en"))
    assert page.findtext(".//h2") == "1. Overview"
    assert {words.get("lang") for words in page.xpath("//p | //h3")} == {"zh-CN"}


def test_a_document_of_its_own() -> None:
    page = html.document_fromstring(render_report_document(content(scope="whole"), published=DAY))
    assert page.findtext(".//h1") == "江湾县水务局2022年政府信息公开工作年度报告"
    assert [line.text for line in page.xpath("//p[@class='report-subtitle']")] == [
        "（汇总，含所属各机关）",
        "公布日期：2023年1月20日",
    ]


def test_a_pdf_holds_everything_and_is_tagged() -> None:
    data = render_report_pdf(content(words={"6": "𠮷与😀均照录。"}), published=DAY)
    text = pdf_text(data)
    places = [text.index(words) for words in ("江湾县水务局2022年", *HEADINGS)]
    assert places == sorted(places)
    assert "4166.241619" in text
    # What no font has is spelled out, never left blank.
    assert "〔U+1F600〕" in text
    assert b"pdfuaid" in data


def test_no_pdf_under_a_name_that_cannot_be_printed() -> None:
    with pytest.raises(MissingGlyph):
        render_report_pdf(content(agency="😀局"))


def test_a_workbook_has_a_sheet_a_part_and_numbers_that_are_numbers() -> None:
    book = openpyxl.load_workbook(BytesIO(render_report_xlsx(content(words={"5": "=1+1"}))))
    assert tuple(book.sheetnames) == HEADINGS
    assert book[HEADINGS[4]]["A2"].value == "=1+1"
    assert book[HEADINGS[4]]["A2"].data_type == "s"
    table_2, table_3 = book[HEADINGS[1]], book[HEADINGS[2]]
    assert Decimal(str(table_2["B15"].value)) == Decimal("4166.241619")
    assert "A2:C4" in {str(merged) for merged in table_3.merged_cells.ranges}
    assert table_3["J5"].value == 1397
    assert table_3["A30"].value == "本年新收1397件。"


def test_the_same_report_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    renderers: tuple[Callable[..., bytes], ...] = (render_report_docx, render_report_xlsx)
    first = [render(content(), published=DAY) for render in renderers]
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 0, 0, 0, 0, 0, 0))
    assert [render(content(), published=DAY) for render in renderers] == first
    # The writer of workbooks notes its own time.
    core = ZipFile(BytesIO(first[1])).read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {"2023-01-20"}


def test_characters_that_no_file_can_hold_are_left_out() -> None:
    odd = content(words={"6": "未收\x00取\x0b\u202e信息\ud800处理费。"})
    assert docx_lines(render_report_docx(odd))[-1] == "未收取信息处理费。"
    assert "未收取信息处理费。" in render_report_html(odd)


def test_a_figure_without_a_number_is_refused() -> None:
    with pytest.raises(UnknownFigure):
        render_report_html(content(words={"6": "{{ t3.nothing.total }}"}))


def test_headings_of_one_block_are_not_repeated_over_another() -> None:
    table = Document(BytesIO(render_report_docx(content()))).tables[0]
    assert len(layouts()[0].blocks) > 1
    assert not table._tbl.xpath(".//w:tblHeader")
