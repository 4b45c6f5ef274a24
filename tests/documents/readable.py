"""Files to read, of every kind, each with all that its reader knows: made once, byte by byte where no library can."""

from __future__ import annotations

import io
import struct
from functools import cache

import openpyxl
from openpyxl.comments import Comment
from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from gongkai.documents.fonts import BUNDLED
from tests.documents.uploads import archive, compound

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'


def p(text: str, *, look: str = "", run: str = "") -> str:
    """A paragraph with one run."""
    return f"<w:p><w:pPr>{look}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, look: str = "") -> str:
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, look: str = "") -> str:
    return f"<w:tr><w:trPr>{look}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def word(body: str, *, styles: str = "", numbering: str = "", targets: str = "", **parts: bytes | str) -> bytes:
    """A DOCX with this body. ``parts`` are further files in the folder word (header1.xml is header1_xml); those of a
    known kind are related to the document."""
    kinds = {"header": "header", "footer": "footer", "footnotes": "footnotes", "comments": "comments"}
    files: dict[str, bytes] = {}
    relations = targets
    if styles:
        parts["styles_xml"] = f"<w:styles {_SPACES}>{styles}</w:styles>"
    if numbering:
        parts["numbering_xml"] = f"<w:numbering {_SPACES}>{numbering}</w:numbering>"
    for name, content in parts.items():
        path = name.replace("__", "/").replace("_", ".")
        stem = path.split(".")[0].rstrip("0123456789")
        kind = kinds.get(stem, stem if stem in ("styles", "numbering", "settings") else "")
        if kind:
            relations += f'<Relationship Id="{stem}x" Type="{_R}/{kind}" Target="{path}"/>'
        files[f"word/{path}"] = content.encode() if isinstance(content, str) else content
    return archive(
        {
            "[Content_Types].xml": b"<Types><Override ContentType='x.wordprocessingml.document.main+xml'/></Types>",
            "_rels/.rels": _relations(f'<Relationship Id="a" Type="{_R}/officeDocument" Target="word/document.xml"/>'),
            "word/_rels/document.xml.rels": _relations(relations),
            "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>".encode(),
            **files,
        }
    )


def part(root: str, content: str) -> str:
    """A part beside the document: <w:hdr>…</w:hdr>."""
    return f"<w:{root} {_SPACES}>{content}</w:{root}>"


def _relations(inside: str) -> bytes:
    return f'<Relationships xmlns="{_RELATIONS}">{inside}</Relationships>'.encode()


@cache
def word_with_everything() -> bytes:
    lists = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/>'
        '</w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    first = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = (
        p("总体情况", look=f'<w:pStyle w:val="H1"/>{first}')
        + "<w:p><w:r><w:t>收到</w:t></w:r><w:ins w:author='甲'><w:r><w:t>二十</w:t></w:r></w:ins>"
        "<w:del w:author='乙'><w:r><w:delText>三十</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"
        "<w:r><w:t>件</w:t></w:r><w:hyperlink r:id='link'><w:r><w:t>网址</w:t></w:r></w:hyperlink></w:p>"
        + p("白字", run='<w:color w:val="FFFFFF"/>')
        + "<w:p><w:r><w:drawing><w:txbxContent>"
        + p("框中")
        + "</w:txbxContent></w:drawing></w:r></w:p>"
        + tbl(
            tr(
                tc("项目", '<w:vMerge w:val="restart"/>'),
                tc("申请人", '<w:gridSpan w:val="2"/>'),
                look="<w:tblHeader/>",
            ),
            tr(tc("", "<w:vMerge/>"), tc("自然人"), tc("合计")),
            tr(tc("新收"), tc("13"), tc(p("20") + tbl(tr(tc("内"), tc("层"))) + p(""))),
            tr(tc("藏"), tc("1"), tc("2"), look="<w:hidden/>"),
        )
        + p("存在问题", look=f'<w:outlineLvl w:val="0"/>{first}')
    )
    return word(
        body,
        styles='<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>',
        numbering=lists,
        targets=f'<Relationship Id="link" Type="{_R}/hyperlink" Target="https://example.org/" TargetMode="External"/>',
        header1_xml=part("hdr", p("内部文稿")),
        footnotes_xml=part("footnotes", f'<w:footnote w:id="1">{p("脚注")}</w:footnote>'),
        comments_xml=part("comments", f'<w:comment w:author="丙">{p("此处存疑")}</w:comment>'),
        charts__chart1_xml="<c><v>图中</v></c>",
        embeddings__book_xlsx=workbook(),
        media__a_jpg=picture("JPEG"),
    )


@cache
def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    sheet.append(["姓名", "手机", "比例", "日期"])
    sheet.append(["王芳", 13800001111, 0.339, None])
    sheet.append(["李明", 2.5, None, None])
    sheet["C2"].number_format = "0.0%"
    sheet["C3"] = "=B3*2"
    sheet["E1"] = "备用"
    sheet["A5"] = "合并"
    sheet.merge_cells("A5:B6")
    sheet["A1"].comment = Comment("核对过", "丁")
    sheet["A2"].hyperlink = "https://example.org/"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet.oddHeader.center.text = "机密"
    hidden = book.create_sheet("底稿")
    hidden["A1"] = "草稿"
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def pdf(*, compressed: bool = True) -> bytes:
    """Two pages: one with every way to hide text, one that is a picture."""
    pdfmetrics.registerFont(TTFont("Song", BUNDLED / "NotoSerifSC-Regular.ttf"))
    out = io.BytesIO()
    paper = Canvas(out, pagesize=(600, 800), pageCompression=int(compressed), invariant=1)
    paper.setAuthor("戊")
    paper.setFont("Song", 12)
    paper.drawString(100, 760, "看得见的一行 2021")
    paper.drawString(100, 720, "姓名王芳芳")
    paper.rect(124, 715, 40, 20, fill=1, stroke=0)
    paper.setFillColorRGB(0, 0, 0.5)
    paper.rect(100, 640, 200, 24, fill=1, stroke=0)
    paper.setFillColorRGB(1, 1, 1)
    paper.drawString(110, 646, "深底白字")
    paper.drawString(100, 600, "白底白字")
    paper.setFillColorRGB(0, 0, 0)
    paper.drawString(100, 560, "盖章之处")
    paper.drawImage(_seal(), 90, 540, 60, 60, mask="auto")
    paper.drawString(700, 500, "页外")
    for x in (100, 200, 300):
        paper.line(x, 400, x, 460)
    for y, start in ((460, 100), (430, 200), (400, 100)):
        paper.line(start, y, 300, y)
    for x, y, text in ((110, 425, "合"), (210, 440, "1"), (210, 410, "2"), (310, 410, "表外")):
        paper.drawString(x, y, text)
    paper.textAnnotation("批注内容", (10, 10, 30, 30))
    paper.linkURL("https://example.org/", (100, 755, 200, 775))
    invisible = paper.beginText(100, 340)
    invisible.setTextRenderMode(3)
    invisible.textLine("隐形文字")
    paper.drawText(invisible)
    paper.showPage()
    paper.drawImage(_scan(), 0, 0, 600, 800)
    paper.showPage()
    paper.save()
    return out.getvalue()


def _seal():  # type: ignore[no-untyped-def]
    """A red ring on nothing."""
    from PIL import ImageDraw
    from reportlab.lib.utils import ImageReader

    image = Image.new("RGBA", (120, 120), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((5, 5, 115, 115), outline=(220, 0, 0, 255), width=6)
    return ImageReader(image)


def _scan():  # type: ignore[no-untyped-def]
    from reportlab.lib.utils import ImageReader

    return ImageReader(Image.linear_gradient("L"))


def layered_pdf() -> bytes:
    """Text and a form on layers that are switched off, text on one that is on; a form, enlarged, with a table."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    paper, out = pikepdf.new(), io.BytesIO()
    page = paper.add_blank_page(page_size=(300, 300))
    off, on = (paper.make_indirect(Dictionary(Type=Name.OCG, Name=name)) for name in ("off", "on"))
    paper.Root.OCProperties = Dictionary(OCGs=Array([off, on]), D=Dictionary(OFF=Array([off]), ON=Array([on])))
    fonts = Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    common = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": [0, 0, 300, 300], "Resources": Dictionary(Font=fonts)}
    hidden = paper.make_stream(b"BT /F 12 Tf 20 100 Td (form off) Tj ET", **common, OC=off)
    lines = b"0 0 m 100 0 l S 0 20 m 100 20 l S 0 0 m 0 20 l S 50 0 m 50 20 l S 100 0 m 100 20 l S "
    table = lines + b"BT /F 8 Tf 5 5 Td (A1) Tj 50 0 Td (B1) Tj ET"
    ruled = paper.make_stream(table, **common, Matrix=[2, 0, 0, 2, 20, 20])
    page.Resources = Dictionary(Font=fonts, Properties=Dictionary(M0=off, M1=on), XObject=Dictionary(X=hidden, Y=ruled))
    page.Contents = paper.make_stream(
        b"BT /F 12 Tf 20 200 Td (plain) Tj ET /OC /M0 BDC BT /F 12 Tf 20 150 Td (layer off) Tj ET EMC "
        b"/OC /M1 BDC BT /F 12 Tf 20 130 Td (layer on) Tj ET EMC /X Do /Y Do"
    )
    paper.save(out)
    return out.getvalue()


PAGE = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>䶮村公示</title><meta name="author" content="己">
<style>p{color:red}</style><script>var a="<p>无</p>"</script></head><body><!-- 待删 --><h2>一、
名单</h2><p>第一行<br>第二
行</p><div style="display: none">暗</div>
<table><thead><tr><th rowspan="2">姓名<th colspan=2>情况</tr><tr><td>甲<td>乙</tr></thead>
<tr><td>王&nbsp;芳<td>1,234<td><table><tr><td>内<td>层</table></tr><tr hidden><td>藏</tr></table>
<a href="https://example.org/">链接</a></body></html>"""


@cache
def picture(kind: str) -> bytes:
    """Taken at 34.75 N 113.65 E by somebody."""
    image = Image.new("RGB", (8, 8), "white")
    exif = Image.Exif()
    exif[0x013B] = "Geng"
    place = exif.get_ifd(0x8825)
    place[1], place[3] = "N", "E"
    place[2] = (IFDRational(34), IFDRational(45), IFDRational(0))
    place[4] = (IFDRational(113), IFDRational(39), IFDRational(0))
    out = io.BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


@cache
def old_word(
    body: str = "第一段\r姓名\x07电话\x07\x07见\x13HYPERLINK x\x14网页\x15\r", header: str = "内部\r"
) -> bytes:
    """[MS-DOC]: a file information block, the text in UTF-16, and a table that says where it lies."""
    text, start = body + header, 0x800
    head = bytearray(start)
    struct.pack_into("<HH", head, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", head, 10, 0x0200)  # the table is in 1Table
    struct.pack_into("<iii", head, 76, len(body), 0, len(header))
    pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, start, 0)
    table = b"\x01\x02\x00xx\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", head, 418, 0, len(table))
    main = bytes(head) + text.encode("utf-16-le")
    return compound({"WordDocument": main.ljust(4096, b"\x00"), "1Table": table, "\x05SummaryInformation": _summary()})


def _summary() -> bytes:
    """[MS-OLEPS]: code page 65001 and an author."""
    author = "辛".encode() + b"\x00"
    values = struct.pack("<IHH", 2, 65001, 0) + struct.pack("<II", 0x1E, len(author)) + author
    pairs = struct.pack("<IIII", 1, 24, 4, 32)
    return bytes(44) + struct.pack("<I", 48) + struct.pack("<II", 24 + len(values), 2) + pairs + values
