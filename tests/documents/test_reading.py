"""Files of every kind in the normal form: blocks, tables as grids, and what lies beside."""

from __future__ import annotations

import io
import shutil
import struct
from functools import cache

import pytest

from gongkai.documents.reading import UnreadableFile, old_word, read
from gongkai.documents.reading.normal import SEEN, AsideKind, Cell, Reading, TextBlock, TextKind
from gongkai.documents.reading.word_numbers import chinese
from tests.documents import readable, uploads
from tests.documents.readable import p, tbl, tc, tr, word


def beside(reading: Reading, kind: AsideKind) -> list[str]:
    return [aside.text for aside in reading.asides if aside.kind is kind]


def texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if isinstance(block, TextBlock)]


# --- Word ---------------------------------------------------------------------------------------------------


@cache
def of_word() -> Reading:
    return read(readable.word_with_everything(), "报告.docx")


def test_word_in_order_with_the_numbers_it_counts_itself() -> None:
    assert texts(of_word()) == ["一、总体情况", "收到二十件网址", "二、存在问题"]
    first, second, last = (block for block in of_word().blocks if isinstance(block, TextBlock))
    assert (first.kind, first.level, second.kind, last.level) == (TextKind.HEADING, 1, TextKind.PARAGRAPH, 1)


def test_word_tables_merged_cells_and_what_is_nested() -> None:
    outer, inner = of_word().tables
    assert outer.grid == (("项目", "申请人", "申请人"), ("项目", "自然人", "合计"), ("新收", "13", "20"))
    assert outer.cells[0][0] == Cell("项目", True, 2, 1)
    assert outer.cells[1][0] == Cell("项目", False, 2, 1)
    assert (outer.heading_rows, inner.grid) == (1, (("内", "层"),))


@pytest.mark.parametrize(
    ("kind", "text", "name"),
    [
        (AsideKind.INSERTED, "二十", "甲"),
        (AsideKind.DELETED, "三十", "乙"),
        (AsideKind.HIDDEN_TEXT, "暗", ""),
        (AsideKind.UNSHOWN, "白字", ""),
        (AsideKind.TEXT_BOX, "框中", ""),
        (AsideKind.HIDDEN_ROW, "藏\t1\t2", ""),
        (AsideKind.HEADER, "内部文稿", ""),
        (AsideKind.FOOTNOTE, "脚注", ""),
        (AsideKind.COMMENT, "此处存疑", "丙"),
        (AsideKind.LINK, "https://example.org/", ""),
        (AsideKind.POSITION, "34.75000, 113.65000", "a.jpg"),
    ],
)
def test_word_beside_its_text(kind: AsideKind, text: str, name: str) -> None:
    assert [(aside.text, aside.name) for aside in of_word().asides if aside.kind is kind][:1] == [(text, name)]
    assert kind in SEEN or text not in of_word().text


@pytest.mark.parametrize(("side", "notes"), [(400, ("pictures_inside",)), (40, ())])
def test_word_a_picture_that_could_hold_words_is_said_not_to_be_read(side: int, notes: tuple[str, ...]) -> None:
    drawing = '<w:p><w:r><w:drawing><wp:inline xmlns:wp="w"><wp:docPr id="1" descr="证件照片"/></wp:inline></w:drawing></w:r></w:p>'
    reading = read(word(drawing, media__card_png=uploads.png(side, side)))
    assert reading.notes == notes
    assert "证件照片" in beside(reading, AsideKind.PROPERTY)


def test_word_an_embedded_workbook_is_looked_through_hidden_sheets_and_all() -> None:
    (inside,) = beside(of_word(), AsideKind.ATTACHMENT)
    assert all(word in inside for word in ("王芳", "草稿", "核对过", "李明"))


def test_word_changes_in_hidden_or_deleted_text_are_told_once() -> None:
    body = (
        "<w:p><w:del w:author='a'><w:r><w:rPr><w:vanish/></w:rPr><w:delText>删</w:delText></w:r></w:del>"
        "<w:ins w:author='b'><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:ins></w:p>"
    )
    reading = read(word(body))
    assert [(aside.kind, aside.text) for aside in reading.asides] == [
        (AsideKind.DELETED, "删"),
        (AsideKind.HIDDEN_TEXT, "藏"),
    ]
    assert reading.text == ""


def test_word_white_text_on_a_dark_cell_is_seen() -> None:
    dark = "<w:shd w:fill='1F3864' w:val='clear'/>"
    white = p("表头", run="<w:color w:val='FFFFFF'/>")
    assert read(word(tbl(tr(tc(white, dark), tc("x"))))).tables[0].grid == (("表头", "x"),)


def test_word_alternatives_of_a_drawing_are_read_once() -> None:
    box = f"<w:txbxContent>{p('印章')}</w:txbxContent>"
    body = f"<w:p><w:r><AlternateContent><a>{box}</a><b>{box}</b></AlternateContent></w:r></w:p>"
    assert beside(read(word(body)), AsideKind.TEXT_BOX) == ["印章"]


def test_word_a_page_inside_the_document_is_part_of_it() -> None:
    chunk = "<Relationship Id='c' Type='x/aFChunk' Target='chunk.html'/>"
    reading = read(word("<w:altChunk r:id='c'/>", targets=chunk, chunk_html="<html><body><p>插入的网页</p>"))
    assert reading.text == "插入的网页"


def test_word_rows_shorter_than_the_table_are_filled() -> None:
    offset = "<w:gridBefore w:val='1'/>"
    assert read(word(tbl(tr(tc("甲"), tc("乙")), tr(tc("丙"), look=offset)))).tables[0].grid == (
        ("甲", "乙"),
        ("", "丙"),
    )


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (2021, "二千零二十一")],
)
def test_numbers_as_they_are_counted(number: int, written: str) -> None:
    assert chinese(number) == written


# --- PDF ----------------------------------------------------------------------------------------------------


@cache
def of_pdf() -> Reading:
    return read(readable.pdf())


def test_pdf_lines_with_their_places() -> None:
    assert texts(of_pdf()) == ["看得见的一行 2021", "姓名", "深底白字", "盖章之处", "表外"]
    place = of_pdf().blocks[0].place
    assert (place.page, place.line) == (1, 1)
    assert place.box is not None
    assert place.box == pytest.approx((1 / 6, 1 - 772 / 800, 0.35, 1 - 757 / 800), abs=0.03)


def test_pdf_a_table_by_its_lines() -> None:
    (table,) = of_pdf().tables
    assert table.grid == (("合", "1"), ("合", "2"))
    assert table.cells[0][0].rows == 2
    assert table.place.box == pytest.approx((1 / 6, 1 - 460 / 800, 0.5, 0.5), abs=0.002)


def test_pdf_covered_and_unshown_text_but_not_a_sealed_date() -> None:
    assert beside(of_pdf(), AsideKind.COVERED) == ["王芳芳"]
    assert beside(of_pdf(), AsideKind.UNSHOWN) == ["白底白字", "页外", "隐形文字"]
    assert "王芳芳" not in of_pdf().text


def test_pdf_notes_links_author_and_pages_that_are_pictures() -> None:
    assert beside(of_pdf(), AsideKind.COMMENT) == ["批注内容"]
    assert beside(of_pdf(), AsideKind.LINK) == ["https://example.org/"]
    assert of_pdf().properties["author"] == "戊"
    assert (of_pdf().pages, of_pdf().pictures) == (2, (2,))


def test_pdf_pages_are_told() -> None:
    heard: list[tuple[int, int]] = []
    read(readable.pdf(), on_page=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 2), (2, 2)]


def test_pdf_turned_and_cropped_is_read_as_it_is_shown() -> None:
    import pypdfium2

    out = io.BytesIO()
    with pypdfium2.PdfDocument(readable.pdf()) as document:
        document[0].set_rotation(90)
        document[0].set_cropbox(50, 300, 600, 800)
        document.save(out)
    reading = read(out.getvalue())
    line = next(block for block in reading.blocks if isinstance(block, TextBlock) and block.text == "看得见的一行 2021")
    assert {"姓名", "表外"} <= set(texts(reading))
    assert sorted(cell.text for row in reading.tables[0].cells for cell in row if cell.origin) == ["1", "2", "合"]
    box = line.place.box
    assert box is not None
    assert box[2] - box[0] < box[3] - box[1], "the line runs down the page"
    assert box[0] > 0.9, "at its right edge"


def test_pdf_a_scan_with_recognised_text_is_read_and_said_so() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    paper = Canvas(out, pagesize=(400, 400))
    paper.drawImage(ImageReader(Image.linear_gradient("L")), 0, 0, 400, 400)
    text = paper.beginText(20, 300)
    text.setTextRenderMode(3)
    text.textLine("the words of a scanned page, recognised")
    paper.drawText(text)
    paper.save()
    reading = read(out.getvalue())
    assert (reading.text, reading.notes) == ("the words of a scanned page, recognised", ("recognised",))
    assert not beside(reading, AsideKind.UNSHOWN)


@pytest.mark.parametrize(("height", "notes"), [(300, ("pictures_inside",)), (20, ())])
def test_pdf_words_beside_a_picture_are_not_those_of_the_picture(height: int, notes: tuple[str, ...]) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    paper = Canvas(out, pagesize=(400, 400))
    paper.drawString(20, 350, "a line that was typed above a photograph")
    paper.drawImage(ImageReader(Image.linear_gradient("L")), 0, 0, 250, height)
    paper.bookmarkPage("here")
    paper.addOutlineEntry("what the window lists", "here")
    paper.save()
    reading = read(out.getvalue())
    assert reading.notes == notes
    assert "what the window lists" in beside(reading, AsideKind.PROPERTY)


def test_pdf_layers_that_are_switched_off_and_tables_in_forms() -> None:
    reading = read(readable.layered_pdf())
    assert texts(reading) == ["plain", "layer on"]
    assert reading.tables[0].grid == (("A1", "B1"),)
    assert beside(reading, AsideKind.UNSHOWN) == ["layer off", "form off"]


def test_pdf_attached_files_are_read_or_said_not_to_be() -> None:
    import pypdfium2

    out = io.BytesIO()
    with pypdfium2.PdfDocument(readable.pdf()) as document:
        for name, data in (("名单.txt", "王芳 13800001111".encode()), ("内.pdf", readable.pdf())):
            document.new_attachment(name).set_data(data)
        document.save(out)
    reading = read(out.getvalue())
    found = {aside.name: aside.text for aside in reading.asides if aside.kind is AsideKind.ATTACHMENT}
    assert found == {"名单.txt": "王芳 13800001111", "内.pdf": ""}
    assert reading.notes == ("embedded_unread",)


# --- HTML ---------------------------------------------------------------------------------------------------


def test_html_in_its_true_code_whatever_it_claims() -> None:
    reading = read(readable.PAGE.encode("gb18030"), "列表.htm")
    assert (reading.encoding, reading.properties["title"]) == ("gb18030", "䶮村公示")
    assert texts(reading) == ["一、名单", "第一行", "第二行", "链接"]
    utf8 = read(readable.PAGE.encode())
    assert (utf8.encoding, utf8.blocks) == ("utf-8", reading.blocks)


def test_html_tables_as_browsers_lay_them_out() -> None:
    outer, inner = read(readable.PAGE.encode()).tables
    assert outer.grid == (("姓名", "情况", "情况"), ("姓名", "甲", "乙"), ("王 芳", "1,234", ""))
    assert (outer.heading_rows, inner.grid) == (2, (("内", "层"),))


def test_html_hidden_things_and_comments() -> None:
    reading = read(readable.PAGE.encode())
    assert beside(reading, AsideKind.HIDDEN_TEXT) == ["暗"]
    assert beside(reading, AsideKind.HIDDEN_ROW) == ["藏"]
    assert beside(reading, AsideKind.COMMENT) == ["待删"]
    assert not {"无", "red"} & set("".join(reading.lines()))


def test_html_a_table_that_lays_out_the_page_is_none() -> None:
    inner = "<table><tr><td>新收<td>20<tr><td>办结<td>20</table>"
    reading = read(f"<html><table><tr><td>导航<td><p>三、情况</p>{inner}<p>以上</p></table>".encode())
    assert [table.grid for table in reading.tables] == [(("新收", "20"), ("办结", "20"))]
    assert texts(reading) == ["导航", "三、情况", "以上"]


@pytest.mark.parametrize("span", ["colspan=1000000000", "rowspan=1000000000", "rowspan=0", "colspan=-4", "colspan=x"])
def test_html_absurd_spans(span: str) -> None:
    (table,) = read(f"<table><tr><td {span}>甲<td>乙<tr><td>丙</table>".encode()).tables
    assert table.cells[0][0].text == "甲"
    assert len(table.cells) == 2
    assert len(table.cells[0]) <= 1001


def test_html_tags_never_closed_are_read_to_the_end() -> None:
    reading = read(("<html><body>" + "<div><font>一行" * 900).encode())
    assert len(reading.blocks) == 900


# --- Workbooks ----------------------------------------------------------------------------------------------


def test_workbook_sheets_as_tables_hidden_things_beside() -> None:
    reading = read(readable.workbook())
    (table,) = reading.tables
    assert table.grid[0] == ("姓名", "手机", "比例", "日期", "")
    assert table.grid[1][:3] == ("王芳", "13800001111", "33.9%")
    assert table.cells[4][0] == Cell("合并", True, 2, 2)
    assert beside(reading, AsideKind.HIDDEN_ROW) == ["李明\t2.5"]
    assert beside(reading, AsideKind.HIDDEN_COLUMN) == ["备用"]
    assert beside(reading, AsideKind.HIDDEN_SHEET) == ["草稿"]
    assert beside(reading, AsideKind.COMMENT) == ["核对过"]
    assert beside(reading, AsideKind.HEADER) == ["机密"]
    assert beside(reading, AsideKind.FORMULA) == ["=B3*2"]
    assert reading.notes == ("no_values",)
    assert not {"李明", "备用", "草稿"} & set(reading.text.split())


def test_workbook_two_cells_far_apart_are_no_great_table() -> None:
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"], book.active["XFD1048576"] = "近", "远"
    book.save(out)
    assert read(out.getvalue()).tables[0].grid == (("近", ""), ("", "远"))


def test_old_workbook() -> None:
    reading = read(uploads.sample("plain.xls"))
    assert reading.tables[0].grid == (("登记编号",),)
    assert reading.tables[0].place.sheet == "台账"
    assert reading.notes == ("hidden_unknown",)


@pytest.mark.parametrize(
    "extent", [(0, 0xAFD5C1A4, 0xB7C3, 0x96C4), (0, 0x10001, 0, 1), (5, 2, 0, 1), (0, 1, 0, 0x101), (0, 1, 3, 1)]
)
def test_an_old_workbook_that_claims_to_be_endless_is_damaged(extent: tuple[int, int, int, int]) -> None:
    """The library makes room for what it claims, and its language ends the process."""
    book, told = uploads.sample("plain.xls"), b"\x00\x02\x0e\x00" + struct.pack("<IIHH", 0, 1, 0, 1)
    assert book.count(told) == 1
    with pytest.raises(UnreadableFile) as refused:
        read(book.replace(told, told[:4] + struct.pack("<IIHH", *extent)))
    assert refused.value.code == "damaged"


# --- The rest -----------------------------------------------------------------------------------------------


def test_old_word_without_libreoffice_gives_its_text_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_word, "PROGRAMS", ())
    reading = read(readable.old_word())
    assert texts(reading) == ["第一段", "姓名\t电话", "见网页"]
    assert beside(reading, AsideKind.HEADER) == ["内部"]
    assert (reading.properties, reading.notes) == ({"creator": "辛"}, ("tables_lost",))


def test_old_word_as_a_real_program_writes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_word, "PROGRAMS", ())
    reading = read(uploads.sample("libreoffice.doc"))
    assert texts(reading)[:3] == ["一、总体情况", "王䶮提出的申请收到20件。", "项目\t申请人"]
    assert (beside(reading, AsideKind.HEADER), reading.properties["creator"]) == (["内部文稿"], "壬")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_old_word_by_libreoffice_keeps_its_tables() -> None:
    reading = read(uploads.sample("libreoffice.doc"), "a.doc")
    assert texts(reading) == ["一、总体情况", "王䶮提出的申请收到20件。"]
    assert reading.tables[0].grid == (("项目", "申请人", "申请人"), ("项目", "自然人", "合计"), ("新收", "13", "20"))
    assert (reading.media_type, reading.notes) == ("application/msword", ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "utf-32"])
def test_plain_text_in_any_code(encoding: str) -> None:
    reading = read("姓名：王䶮\n\n编号:\t12 (a)\r\n".encode(encoding))
    assert texts(reading) == ["姓名：王䶮", "编号:\t12 (a)"]
    assert [block.place.line for block in reading.blocks] == [1, 3]


def test_plain_text_cut_in_mid_character_is_still_read() -> None:
    text = "政府信息公开" * 50
    assert read(text.encode()[:-1]).text.startswith(text[:-1])
    assert read(text.encode("gb18030")[:-1]).text.startswith(text[:-1])


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_pictures_have_no_text_but_a_place(kind: str) -> None:
    reading = read(readable.picture(kind))
    assert (reading.blocks, reading.pictures, reading.properties) == ((), (1,), {"artist": "Geng"})
    assert beside(reading, AsideKind.POSITION) == ["34.75000, 113.65000"]
