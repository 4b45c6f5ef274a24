"""A stranger's OFD file to look at: drawn into a PDF, which says on a page of its own what could not be drawn.

It is for reading at the desk, not a copy: the paper itself is what came in. Called in the bounded worker.
"""

from __future__ import annotations

import io

from gongkai.documents.ofd.drawing import Drawing
from gongkai.documents.ofd.errors import NotWhole
from gongkai.documents.ofd.items import OfdFile, PageOfOfd, TextItem
from gongkai.documents.ofd.package import Package
from gongkai.documents.ofd.parsing import A4, parse
from gongkai.documents.reading.limits import Allowance
from gongkai.law.texts import Text

MOST_PAGES = 200
"""Of a longer file only the first pages are shown."""
SECONDS, MEGABYTES = 40.0, 1024
"""For the bounded worker."""

TITLE = Text("OFD 预览", "OFD preview")
HEADING = Text("预览说明", "About this preview")
LEAD = Text(
    "本预览由系统绘制，供工作人员阅读，不是原件。下列内容没有按原样显示，请下载原件，用 OFD 阅读软件查看：",
    "Drawn by the system for reading; it is not the original. What follows is not shown as it is: open the original.",
)
#: What the drawing may leave out, by code.
LEFT_OUT = {
    "unverified": Text("电子印章和数字签名没有验证。", "Electronic seals and signatures are not verified."),
    "seal": Text("有的电子印章没有显示。", "Some electronic seals are not shown."),
    "pages": Text(f"只显示前 {MOST_PAGES} 页。", f"Only the first {MOST_PAGES} pages are shown."),
    "missing": Text("文件引用的有些内容在文件中缺失。", "Parts that the file refers to are missing in it."),
    "older": Text("文件中保存有以前的版本，这里只显示其主文档。", "The file holds earlier versions; only its main document is shown."),
    "clip": Text("有的内容应当只露出一部分，这里显示了全部。", "Some things should be shown in part; here they are shown whole."),
    "gradient": Text("渐变和底纹显示为单色。", "Gradients and patterns are shown in one colour."),
    "arc": Text("有的圆弧显示为直线。", "Some arcs are shown as straight lines."),
    "picture": Text("有的图片格式特殊、过大或者已经损坏，没有显示。", "Some pictures are of a rare kind, too large or damaged."),
    "glyph": Text("有的字符没有字形，没有显示。", "Some characters have no shape in any font."),
    "font": Text("有的嵌入字体已经损坏，用其他字体代替。", "Some embedded fonts are damaged; others stand in for them."),
    "places": Text("有的文字没有标明每个字的位置，间距为估计。", "Some texts do not say where each character stands; spacing is guessed."),
}  # fmt: skip
#: Of these something is not there at all; the rest is only not as it was meant.
GAPS = frozenset({"pages", "missing", "picture", "glyph"})
_LINE, _MARGIN, _SIZE = 34, 25.0, 4.2


def to_pdf(data: bytes, language: str = "zh") -> bytes:
    """The file as PDF to look at; what was left out is told on a page before the others. Raises UnreadableFile."""
    package, drawing, codes = _drawn(data, language)
    if not codes:
        return drawing.finished()
    cover = Drawing(package, TITLE.of(language))
    cover.page(_cover(codes, language))
    return _joined(cover.finished(), drawing.finished())


def whole_pdf(data: bytes) -> bytes:
    """The file as PDF to work on (redaction): page for page, or not at all. Signatures are not carried over, of seals what they look like.

    Raises UnreadableFile; NotWhole, which is one, where a page, a picture or a character would be missing.
    """
    _, drawing, codes = _drawn(data, "zh")
    if gaps := tuple(LEFT_OUT[code] for code in codes if code in GAPS):
        raise NotWhole.lacking(gaps)
    return drawing.finished()


def _drawn(data: bytes, language: str) -> tuple[Package, Drawing, list[str]]:
    package = Package(data)
    file = parse(package, Allowance(), only=range(1, MOST_PAGES + 1))
    drawing = Drawing(package, TITLE.of(language))
    for page in file.pages[:MOST_PAGES]:
        drawing.page(page)
    left_out = drawing.left_out | _of_the_file(package, file)
    return package, drawing, [code for code in LEFT_OUT if code in left_out]


def page_image(data: bytes, page: int, dpi: int = 110) -> bytes:
    """One page (from 1) as PNG. Raises UnreadableFile, and IndexError where there is no such page."""
    import pypdfium2

    package = Package(data)
    file = parse(package, Allowance(), only=range(page, page + 1))
    if not 1 <= page <= len(file.pages):
        raise IndexError(page)
    drawing = Drawing(package, TITLE.zh)
    drawing.page(file.pages[page - 1])
    out = io.BytesIO()
    with pypdfium2.PdfDocument(drawing.finished()) as drawn:
        drawn[0].render(scale=dpi / 72).to_pil().save(out, "PNG")
    return out.getvalue()


def _of_the_file(package: Package, file: OfdFile) -> set[str]:
    texts = (item for page in file.pages for item in page.items if isinstance(item, TextItem))
    told = {
        "unverified": file.signed,
        "pages": len(file.pages) > MOST_PAGES,
        "missing": package.incomplete,
        "older": file.older_versions,
        "places": any(not text.measured for text in texts),
    }
    return {code for code, holds in told.items() if holds}


def _cover(codes: list[str], language: str) -> PageOfOfd:
    lines = [HEADING.of(language), "", *_wrapped(LEAD.of(language)), ""]
    for number, code in enumerate(codes, start=1):
        lines += _wrapped(f"{number}. {LEFT_OUT[code].of(language)}")
    items = [_text(line, _MARGIN + index * 1.7 * _SIZE) for index, line in enumerate(lines, start=1) if line]
    return PageOfOfd(A4, tuple(items))


def _wrapped(text: str) -> list[str]:
    """Into lines as long as the page is wide: a Chinese character counts two."""
    lines, length = [""], 0
    for part in text if not text.isascii() else [f"{word} " for word in text.split()]:
        width = sum(2 if character > "\u2000" else 1 for character in part)
        if length + width > 2 * _LINE:
            lines, length = [*lines, ""], 0
        lines[-1] += part
        length += width
    return lines


def _text(line: str, y: float) -> TextItem:
    characters, x = [], _MARGIN
    for character in line:
        characters.append((character, x, y))
        x += _SIZE * (1 if character > "\u2000" else 0.75 if character.isupper() else 0.55)
    return TextItem((1, 0, 0, 1, 0, 0), tuple(characters), _SIZE, None, ((0, 0, 0), 1.0))


def _joined(first: bytes, second: bytes) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(first)) as cover, pikepdf.open(io.BytesIO(second)) as rest:
        cover.pages.extend(rest.pages)
        cover.save(out, deterministic_id=True)
    return out.getvalue()
