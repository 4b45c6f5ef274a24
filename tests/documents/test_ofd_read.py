"""OFD files read: our letters, what others make, and what nobody honest makes."""

from __future__ import annotations

import pytest

from gongkai.documents.ofd.read import read_ofd
from gongkai.documents.ofd.write import render_ofd
from gongkai.documents.reading.errors import UnreadableFile
from gongkai.documents.reading.normal import AsideKind, Reading, TableBlock, TextBlock
from gongkai.documents.typesetting import render_pdf
from tests.documents.ofd_files import element, made, page, rectangle, text
from tests.documents.papers import pages_of, sample, squeezed
from tests.documents.uploads import archive, word

CONTENT = "Doc_0/Pages/Page_0/Content.xml"


def aside(reading: Reading, kind: AsideKind) -> list[str]:
    return [found.text for found in reading.asides if found.kind is kind]


def test_our_letters_come_back_line_by_line() -> None:
    letter = sample(addressee="䶮𬭎㛃")
    reading = read_ofd(render_ofd(letter))
    lines = [squeezed(line) for line in reading.lines()]
    assert lines[:5] == [letter.issuer, letter.number, *letter.title.split("\n"), "䶮𬭎㛃："]
    assert [table.grid for table in reading.tables] == [
        (("登记编号", "JKQ-2021-0012"), ("申请内容", "征地补偿安置方案"))
    ]
    assert lines.index("2021年5月26日") > lines.index("附件：1.征地补偿安置方案")
    for _, said in letter.texts():
        assert squeezed(said) in "".join(lines)
    assert (reading.pages, reading.notes, reading.pictures) == (len(pages_of(render_pdf(letter))), (), ())
    assert reading.properties["Title"] == letter.title_line
    assert not any(aside(reading, kind) for kind in (AsideKind.COVERED, AsideKind.UNSHOWN))


def test_place_is_page_line_and_box() -> None:
    (block,) = read_ofd(made(text("公开", x=21, y=29.7))).blocks
    assert (block.place.page, block.place.line) == (1, 1)
    assert block.place.box is not None
    left, top, right, bottom = block.place.box
    assert left == pytest.approx(0.1, abs=0.001)
    assert right == pytest.approx((21 + 10) / 210, abs=0.002)
    assert top < (29.7 + 5) / 297 < bottom


def test_lines_from_above_to_below_whatever_their_order_in_the_file() -> None:
    objects = text("第二行", y=60) + text("右", x=90, y=20) + text("左", x=20, y=20.4)
    assert read_ofd(made(objects)).text == "左 右\n第二行"


def test_templates_composites_and_annotations_are_read() -> None:
    content = page(
        '<ofd:CompositeObject ID="7" ResourceID="70" Boundary="0 50 10 10"/>',
        before='<ofd:Template TemplateID="2"/><ofd:PageRes>own.xml</ofd:PageRes>',
    )
    unit = f'<ofd:CompositeGraphicUnit ID="70"><ofd:Content>{text("组合")}</ofd:Content></ofd:CompositeGraphicUnit>'
    note = f'<ofd:Annot ID="5" Type="Stamp"><ofd:Remark>请核</ofd:Remark><ofd:Appearance>{text("已阅")}</ofd:Appearance></ofd:Annot>'
    reading = read_ofd(
        made(
            common='<ofd:TemplatePage ID="2" BaseLoc="T.xml"/>',
            document="<ofd:Annotations>/Doc_0/Notes.xml</ofd:Annotations>",
            parts={
                CONTENT: content,
                "Doc_0/T.xml": page(text("某市人民政府")),
                "Doc_0/Pages/Page_0/own.xml": element(
                    "Res", f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>"
                ),
                "Doc_0/Notes.xml": element(
                    "Annotations", '<ofd:Page PageID="1"><ofd:FileLoc>N.xml</ofd:FileLoc></ofd:Page>'
                ),
                "Doc_0/N.xml": element("PageAnnot", note),
            },
        )
    )
    assert reading.text == "某市人民政府\n组合"
    assert aside(reading, AsideKind.COMMENT) == ["请核 已阅"]
    assert reading.notes == ()


def rule(x: float, y: float, u: float, v: float) -> str:
    return f'<ofd:PathObject ID="8" Boundary="0 0 210 297"><ofd:AbbreviatedData>M {x} {y} L {u} {v}</ofd:AbbreviatedData></ofd:PathObject>'


def test_a_ruled_table_with_merged_cells_is_a_grid() -> None:
    """A frame drawn as one rectangle, rules as lines; the head reaches over two columns."""
    frame = '<ofd:PathObject ID="8" Boundary="20 50 90 30"><ofd:AbbreviatedData>M 0 0 L 90 0 L 90 30 L 0 30 C</ofd:AbbreviatedData></ofd:PathObject>'
    rules = rule(20, 60, 110, 60) + rule(20, 70, 110, 70) + rule(50, 60, 50, 80) + rule(80, 50, 80, 80)
    words = [
        ("表前", 20, 40), ("申请人信息", 22, 52), ("数量", 82, 52), ("张三", 22, 62), ("甲街", 52, 61), ("一号", 52, 65),
        ("1", 82, 62), ("李四", 22, 72), ("2", 82, 72), ("表后", 20, 90),
    ]  # fmt: skip
    before, table, after = read_ofd(made(frame + rules + "".join(text(t, x, y, size=4) for t, x, y in words))).blocks
    assert isinstance(table, TableBlock)
    assert table.grid == (("申请人信息", "申请人信息", "数量"), ("张三", "甲街一号", "1"), ("李四", "", "2"))
    assert (table.place.page, table.place.table) == (1, 1)
    assert [(cell.origin, cell.columns) for cell in table.cells[0]] == [(True, 2), (False, 2), (True, 1)]
    assert [block.text for block in (before, after) if isinstance(block, TextBlock)] == ["表前", "表后"]


def test_what_the_page_does_not_show_lies_aside() -> None:
    white = '<ofd:FillColor Value="255 255 255"/>'
    objects = (
        text("身份证尾号六七八九", y=20)
        + rectangle(30, 20, 15, 10)  # over the third to fifth character
        + text("白字", y=60, inside=white)
        + rectangle(20, 90, 60, 10)
        + text("表头", y=90, inside=white)  # white on black is to be seen
        + text("隐去", y=120, more='Visible="false"')
        + text("页外", x=400)
        + text("微", y=150, size=0.1)
    )
    reading = read_ofd(made(objects))
    assert reading.text == "身份 六七八九\n表头"
    assert aside(reading, AsideKind.COVERED) == ["证尾号"]
    assert sorted(aside(reading, AsideKind.UNSHOWN)) == sorted(["白字", "隐去", "页外", "微"])


def test_pages_taken_out_but_not_away_and_attachments_are_told() -> None:
    reading = read_ofd(
        made(
            text("公开"),
            document="<ofd:Attachments>A.xml</ofd:Attachments>",
            parts={
                "Doc_0/Pages/Page_9/Content.xml": page(text("删去的一页")),
                "Doc_0/A.xml": element(
                    "Attachments",
                    '<ofd:Attachment ID="1" Name="名单"><ofd:FileLoc>list.txt</ofd:FileLoc></ofd:Attachment>',
                ),
                "Doc_0/list.txt": b"12345",
            },
        )
    )
    assert aside(reading, AsideKind.UNSHOWN) == ["删去的一页"]
    assert [(found.name, found.text) for found in reading.asides if found.kind is AsideKind.ATTACHMENT] == [
        ("名单", "5 B")
    ]
    assert ("Author", "某科") in [(a.name, a.text) for a in reading.asides if a.kind is AsideKind.PROPERTY]


def test_gb2312_that_is_gb18030_and_prefixes_that_nobody_declared() -> None:
    name = '<?xml version="1.0" encoding="GB2312"?><Page><Content><Layer>{}</Layer></Content></Page>'
    content = name.format(text("李䶮").replace("ofd:", "")).encode("gb18030")
    assert read_ofd(made(parts={CONTENT: content})).text == "李䶮"
    broken = f"<ofd:Page><ofd:Content><ofd:Layer>{text('照读')}</ofd:Layer></ofd:Content></ofd:Page>".encode()
    reading = read_ofd(made(parts={CONTENT: broken}))
    assert (reading.text, reading.notes) == ("照读", ("ofd_unread",))


def test_missing_parts_are_noted_and_the_rest_is_read() -> None:
    content = page(text("公开"), before='<ofd:Template TemplateID="404"/>')
    reading = read_ofd(made(parts={CONTENT: content}))
    assert (reading.text, reading.notes) == ("公开", ("ofd_unread",))


@pytest.mark.parametrize("location", ["/etc/passwd", "../../../../etc/passwd", "C:\\x.xml", "http://x.example/c.xml"])
def test_no_part_is_fetched_from_outside(location: str) -> None:
    document = element("Document", f'<ofd:Pages><ofd:Page ID="1" BaseLoc="{location}"/></ofd:Pages>')
    reading = read_ofd(made(parts={"Doc_0/Document.xml": document}))
    assert (reading.text, reading.notes, reading.pages) == ("", ("ofd_unread",), 1)


RING = '<ofd:CompositeGraphicUnit ID="7"><ofd:Content><ofd:CompositeObject ID="6" ResourceID="7"/></ofd:Content></ofd:CompositeGraphicUnit>'


def _fan(number: int) -> str:
    """A drawing made of ten of the next, and so on: ten to the thirteenth objects."""
    inside = f'<ofd:CompositeObject ID="6" ResourceID="{number + 1}"/>' * 10
    return f'<ofd:CompositeGraphicUnit ID="{number}"><ofd:Content>{inside}</ofd:Content></ofd:CompositeGraphicUnit>'


FAN = "".join(map(_fan, range(7, 20)))
XXE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (made(parts={CONTENT: b'<?xml version="1.0"?>' + XXE + b"<x>&e;</x>"}), "document_type"),
        (made(parts={CONTENT: ('<?xml version="1.0" encoding="UTF-16"?>' + XXE.decode() + "<x>&e;</x>").encode("utf-16")}), "document_type"),
        (made(parts={"Doc_0/PublicRes.xml": element("Res", f"<ofd:C>{RING}</ofd:C>"), CONTENT: page('<ofd:CompositeObject ID="5" ResourceID="7"/>')}), "too_deep"),
        (made(parts={"Doc_0/PublicRes.xml": element("Res", f"<ofd:C>{FAN}</ofd:C>"), CONTENT: page('<ofd:CompositeObject ID="5" ResourceID="7"/>')}), "zip_bomb"),
        (made(parts={"x.bin": b"\x00" * 25_000_000}), "zip_bomb"),
        (made(parts={"../../evil": b"x"}), "unsafe_paths"),
        (made(parts={"Doc_0/Document.xml": b"no xml at all"}), "damaged"),
        (archive({"OFD.xml": b"http://www.ofdspec.org/2016"}), "damaged"),
        (made()[:-30], "damaged"),
        (word(), "kind_not_read"),
        (b"", "damaged"),
    ],
    ids=["xxe", "xxe in utf-16", "ring", "fan", "bomb", "paths", "no document", "no xml", "cut", "docx", "empty"],
)  # fmt: skip
def test_hostile_and_damaged_files_are_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_ofd(data)
    assert refused.value.code == code
    assert refused.value.message.zh
